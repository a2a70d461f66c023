// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/program/certificate.h"

#include "core/filewriter.h"

#include <QFile>
#include <memory>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace clinic::server {
namespace {

template <auto Free>
struct Freer
{
    template <class T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Memory = std::unique_ptr<BIO, Freer<BIO_free_all>>;

bool save(const QString &path, BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return writeFile(path, QByteArray(data, size), FileWriter::Holds::Keys).has_value();
}

} // namespace

bool makeCertificate(const QString &certificateFile, const QString &keyFile, const QString &name)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate)
        return false;
    quint64 serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -24 * 3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 10L * 365 * 24 * 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    const QByteArray text = name.toUtf8();
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(text.constData()), int(text.size()),
                               -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    if (!X509_sign(certificate.get(), key.get(), EVP_sha256()))
        return false;
    const Memory keyText(BIO_new(BIO_s_mem()));
    const Memory certificateText(BIO_new(BIO_s_mem()));
    return PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
           PEM_write_bio_X509(certificateText.get(), certificate.get()) == 1 &&
           save(keyFile, keyText.get()) && save(certificateFile, certificateText.get());
}

QByteArray certificateFingerprint(const QString &certificateFile)
{
    QFile file(certificateFile);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const Memory memory(BIO_new_mem_buf(text.constData(), int(text.size())));
    const Certificate certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (!certificate || !X509_digest(certificate.get(), EVP_sha256(), digest, &size))
        return {};
    return QByteArray(reinterpret_cast<const char *>(digest), qsizetype(size));
}

} // namespace clinic::server
