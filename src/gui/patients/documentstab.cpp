// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/patients/documentstab.h"

#include "core/filewriter.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QBuffer>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QMimeDatabase>
#include <QPointer>
#include <QScrollArea>
#include <QUrl>

namespace clinic::gui {
namespace documentdetail {

using domain::DocumentKind;
using storage::DocumentPlace;

constexpr qint64 mostBytes = qint64(50) * 1024 * 1024;
constexpr auto kinds = {DocumentKind::Result,   DocumentKind::Letter,  DocumentKind::Consent,
                        DocumentKind::Identity, DocumentKind::Picture, DocumentKind::Other};
// Formats that another program opens; others are only saved.
constexpr const char *shownElsewhere[] = {"pdf", "txt", "rtf", "doc",  "docx", "odt", "xls", "xlsx",
                                          "ods", "csv", "ppt", "pptx", "odp",  "tif", "tiff"};

struct ReadFile
{
    QString name;
    QByteArray bytes;
    std::optional<Error> fault{};
};

ReadFile readFile(const QString &path)
{
    const QFileInfo info(path);
    ReadFile out{info.fileName(), {}};
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
        out.fault = Error(ErrorCode::FileUnreadable, {}, {path});
        return out;
    }
    if (file.size() > mostBytes) {
        out.fault = Error(ErrorCode::FileTooLarge, {}, {QString::number(mostBytes / (1024 * 1024))});
        return out;
    }
    out.bytes = file.readAll();
    return out;
}

QString placeText(const models::DocumentView &view, bool isEnrolled)
{
    const auto percent = [&](qint64 part) {
        return QLocale().toString(view.document.size ? int(part * 100 / view.document.size) : 0);
    };
    switch (view.state.place) {
    case DocumentPlace::Elsewhere:
        return DocumentsTab::tr("On the server");
    case DocumentPlace::Coming:
        return DocumentsTab::tr("Coming, %1 %").arg(percent(view.state.here));
    case DocumentPlace::Unsent:
        if (!isEnrolled)
            return DocumentsTab::tr("On this PC");
        return view.state.sent ? DocumentsTab::tr("On this PC, %1 % sent").arg(percent(view.state.sent))
                               : DocumentsTab::tr("On this PC, not sent yet");
    case DocumentPlace::Here:
        break;
    }
    return DocumentsTab::tr("Here and on the server");
}

void showPicture(const QString &title, const QImage &image, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("picture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->resize(900, 680);
    auto *layout = new QVBoxLayout(dialog);
    auto *scroll = new QScrollArea;
    auto *picture = new QLabel;
    picture->setAccessibleName(title);
    picture->setAlignment(Qt::AlignCenter);
    const QSize room(860, 580);
    picture->setPixmap(
        QPixmap::fromImage(image.width() > room.width() || image.height() > room.height()
                               ? image.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                               : image));
    scroll->setWidget(picture);
    scroll->setWidgetResizable(true);
    layout->addWidget(scroll, 1);
    auto *row = new QHBoxLayout;
    auto *size = new QPushButton(DocumentsTab::tr("&Full size"));
    size->setCheckable(true);
    QObject::connect(size, &QPushButton::toggled, picture, [picture, image, room](bool full) {
        picture->setPixmap(
            QPixmap::fromImage(full || (image.width() <= room.width() && image.height() <= room.height())
                                   ? image
                                   : image.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    });
    auto *close = new QPushButton(DocumentsTab::tr("&Close"));
    close->setDefault(true);
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    row->addWidget(size);
    row->addStretch();
    row->addWidget(close);
    layout->addLayout(row);
    dialog->open();
}

} // namespace documentdetail

using namespace documentdetail;

DocumentDialog::DocumentDialog(const QString &title, const domain::Document &document, QWidget *parent)
    : FormDialog(title, tr("&Save"), parent), m_document(document), m_form(new Form(1))
{
    setObjectName(QStringLiteral("document"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(460, 280);
    auto *name = m_form->addLine(QStringLiteral("title"), tr("&Title"));
    name->setText(document.title);
    name->selectAll();
    auto *kind = m_form->addChoice(QStringLiteral("kind"), tr("&Kind"));
    for (const DocumentKind each : kinds)
        kind->addItem(models::documentKindLabel(each), enumCode(each));
    kind->setCurrentIndex(qMax(0, kind->findData(enumCode(document.kind))));
    body()->addWidget(m_form);
    body()->addStretch();
    name->setFocus();
    connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
}

void DocumentDialog::save()
{
    m_form->clearFaults();
    domain::Document document = m_document;
    document.title = qobject_cast<QLineEdit *>(m_form->editor(QStringLiteral("title")))->text();
    const auto *kind = qobject_cast<QComboBox *>(m_form->editor(QStringLiteral("kind")));
    document.kind = enumFromCode<DocumentKind>(kind->currentData().toString()).value_or(DocumentKind::Other);
    setBusy(true);
    Q_EMIT chosen(document);
}

void DocumentDialog::finish(const Result<domain::Document> &saved)
{
    setBusy(false);
    if (!saved)
        return m_form->showFault(saved.error());
    m_dirty = false;
    accept();
}

DocumentsTab::DocumentsTab(Shell &shell, const Id &patient) : m_shell(shell), m_patient(patient)
{
    setObjectName(QStringLiteral("documents"));
    auto &ws = shell.workspace();
    const bool mayAdd = ws.may(domain::IntentionId::AddDocument);
    setAcceptDrops(mayAdd);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    auto *row = new QHBoxLayout;
    m_open = button(tr("&Open"), nullptr, this, [this] { fetch(Then::Open); });
    m_save = button(tr("Save a &copy …"), nullptr, this, [this] { fetch(Then::SaveCopy); });
    m_change = button(tr("C&hange …"), nullptr, this, [this] { change(); });
    m_takeOff = button(tr("Entered in &error"), nullptr, this, [this] { takeOff(); });
    for (auto *each : {m_open, m_save, m_change, m_takeOff})
        row->addWidget(each);
    m_change->setVisible(mayAdd);
    m_takeOff->setVisible(mayAdd);
    row->addStretch();
    const auto choose = [this] {
        m_shell.prompter().openFile(this, tr("Add a document"), tr("All files (*)"),
                                    [this](const QString &path) { add({path}); });
    };
    if (mayAdd)
        row->addWidget(button(tr("&Add …"), "primary", this, choose));
    layout->addLayout(row);

    using models::DocumentView;
    m_documents = new models::RowsModel<DocumentView>(
        {{tr("Title"), [](const DocumentView &v) { return QVariant(v.document.title); }},
         {tr("Kind"),
          [](const DocumentView &v) { return QVariant(models::documentKindLabel(v.document.kind)); }},
         {tr("Added"),
          [&ws](const DocumentView &v) {
              return QVariant(models::dayTimeText(v.document.createdAt, ws.zone()));
          },
          [](const DocumentView &v) { return QVariant(v.document.createdAt); }},
         {tr("By"), [](const DocumentView &v) { return QVariant(v.addedBy); }},
         {tr("Size"),
          [](const DocumentView &v) { return QVariant(QLocale().formattedDataSize(v.document.size)); },
          [](const DocumentView &v) { return QVariant(v.document.size); }, models::alignNumber},
         {tr("Where"),
          [&ws](const DocumentView &v) { return QVariant(placeText(v, ws.connection.isEnrolled())); }}},
        this);
    m_list = new ListView(tr("Documents of this patient"), m_documents,
                          TakenAs{domain::IntentionId::PrintPatientHistory, "patient", m_patient});
    m_list->setStretch({30, 14, 18, 14, 10, 20});
    if (mayAdd)
        m_list->setEmptyText(tr("No documents yet. Drop files here, or add them."), tr("Add a document …"),
                             choose);
    else
        m_list->setEmptyText(tr("No documents yet."));
    layout->addWidget(m_list);
    connect(m_list, &ListView::opened, this, [this] { fetch(Then::Open); });
    connect(m_list, &ListView::currentChanged, this, &DocumentsTab::updateButtons);
    m_look.setSingleShot(true);
    m_look.setInterval(250);
    connect(&m_look, &QTimer::timeout, this, &DocumentsTab::refresh);
    connect(&ws.connection, &models::Connection::documentMoved, this, &DocumentsTab::moved);
    connect(&ws.connection, &models::Connection::documentDamaged, this, [this](const QString &content) {
        if (m_awaited == content) {
            m_awaited.clear();
            m_shell.say(tr("The server sent something other than this document. Ask the person who added it "
                           "to add it again."));
        }
        refresh();
    });
    connect(&ws, &models::Workspace::rowsChanged, this, [this](const QList<domain::RowChange> &rows) {
        if (isVisible() && models::touches(rows, {&domain::Document::entity()}))
            refresh();
    });
    updateButtons();
}

const models::DocumentView *DocumentsTab::chosen() const
{
    return m_documents->at(m_list->current());
}

void DocumentsTab::refresh()
{
    m_shell.workspace().patients.documents(
        this, m_patient, [this](const Result<QList<models::DocumentView>> &views) {
            if (!views)
                return m_list->showFailure(models::errorText(views.error()), [this] { refresh(); });
            const auto *before = chosen();
            const Id kept = before ? before->document.id : Id{};
            m_documents->setRows(*views);
            m_list->showRows();
            for (qsizetype i = views->size() - 1; i >= 0; --i) {
                if (i == 0 || views->at(i).document.id == kept) {
                    m_list->select(int(i));
                    break;
                }
            }
            updateButtons();
            for (const auto &view : *views) {
                if (view.document.content == m_awaited && view.state.place == DocumentPlace::Here) {
                    m_awaited.clear();
                    const auto document = view.document;
                    m_shell.workspace().patients.openDocument(
                        this, document.id, [this, document](const Result<QByteArray> &bytes) {
                            if (bytes && !bytes->isEmpty())
                                fetched(document, *bytes, m_then);
                        });
                    break;
                }
            }
        });
}

void DocumentsTab::updateButtons()
{
    for (auto *each : {m_open, m_save, m_change, m_takeOff})
        each->setEnabled(chosen() != nullptr);
}

void DocumentsTab::moved(const QString &content)
{
    const auto &rows = m_documents->rows();
    const bool ours = std::any_of(rows.begin(), rows.end(),
                                  [&](const auto &view) { return view.document.content == content; });
    if (ours && !m_look.isActive())
        m_look.start();
}

void DocumentsTab::dragEnterEvent(QDragEnterEvent *event)
{
    const auto urls = event->mimeData()->urls();
    if (std::any_of(urls.begin(), urls.end(), [](const QUrl &url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void DocumentsTab::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    event->acceptProposedAction();
    add(paths);
}

// Asks for a title of a single file; several keep their names.
void DocumentsTab::add(const QStringList &paths)
{
    for (const QString &path : paths) {
        m_shell.workspace().clinic().runOnFiles<ReadFile>(
            this, [path] { return readFile(path); },
            [this, ask = paths.size() == 1](const ReadFile &file) {
                if (file.fault)
                    return m_shell.sayError(*file.fault);
                domain::Document document;
                document.patientId = m_patient;
                document.fileName = file.name;
                document.title = QFileInfo(file.name).completeBaseName();
                const auto keep = [this, bytes = file.bytes](const domain::Document &what,
                                                             const QPointer<DocumentDialog> &dialog) {
                    m_shell.workspace().patients.addDocument(
                        this, what, bytes, [this, dialog](const Result<domain::Document> &kept) {
                            if (dialog)
                                dialog->finish(kept);
                            else if (!kept)
                                m_shell.sayError(kept.error());
                            if (kept)
                                m_shell.say(tr("“%1” is kept.").arg(models::isolated(kept->title)));
                        });
                };
                if (!ask)
                    return keep(document, {});
                auto *dialog = new DocumentDialog(tr("Add a document"), document, m_shell.window());
                connect(dialog, &DocumentDialog::chosen, this,
                        [dialog, keep](const domain::Document &what) { keep(what, dialog); });
                dialog->open();
            });
    }
}

void DocumentsTab::change()
{
    const auto *view = chosen();
    if (!view)
        return;
    const auto before = view->document;
    auto *dialog = new DocumentDialog(tr("Change a document"), before, m_shell.window());
    connect(dialog, &DocumentDialog::chosen, this, [this, dialog, before](const domain::Document &after) {
        m_shell.workspace().patients.changeDocument(
            this, before, after, [dialog = QPointer(dialog)](const Result<domain::Document> &saved) {
                if (dialog)
                    dialog->finish(saved);
            });
    });
    dialog->open();
}

void DocumentsTab::takeOff()
{
    const auto *view = chosen();
    if (!view)
        return;
    auto after = view->document;
    after.active = false;
    m_shell.workspace().patients.changeDocument(
        this, view->document, after, [this](const Result<domain::Document> &saved) {
            if (!saved)
                return m_shell.sayError(saved.error());
            m_shell.say(
                tr("“%1” is not shown any more.").arg(models::isolated(saved->title)), [this, off = *saved] {
                    auto again = off;
                    again.active = true;
                    m_shell.workspace().patients.changeDocument(this, off, again, [this](const auto &done) {
                        if (!done)
                            m_shell.sayError(done.error());
                    });
                });
        });
}

void DocumentsTab::fetch(Then then)
{
    const auto *view = chosen();
    if (!view)
        return;
    const auto document = view->document;
    m_shell.workspace().patients.openDocument(
        this, document.id, [this, document, then](const Result<QByteArray> &bytes) {
            if (!bytes)
                return m_shell.sayError(bytes.error());
            if (!bytes->isEmpty())
                return fetched(document, *bytes, then);
            auto &connection = m_shell.workspace().connection;
            m_awaited = document.content;
            m_then = then;
            connection.fetchDocuments();
            m_shell.say(
                connection.isOnline()
                    ? tr("It comes from the server, and opens when it is here.")
                    : tr("It is not on this PC, and the server is not reached. It comes by itself later."));
            refresh();
        });
}

void DocumentsTab::fetched(const domain::Document &document, const QByteArray &bytes, Then then)
{
    if (then == Then::Open)
        open(document, bytes);
    else
        saveCopy(document, bytes);
}

void DocumentsTab::open(const domain::Document &document, const QByteArray &bytes)
{
    m_shell.workspace().pictures.read(this, bytes, 3000, [this, document, bytes](const QImage &picture) {
        if (picture.isNull())
            openElsewhere(document, bytes);
        else
            showPicture(document.title, picture, m_shell.window());
    });
}

void DocumentsTab::openElsewhere(const domain::Document &document, const QByteArray &bytes)
{
    // Name and content have to agree: a script named like a letter is not opened.
    const QMimeDatabase types;
    const QMimeType named = types.mimeTypeForFile(document.fileName, QMimeDatabase::MatchExtension);
    const QMimeType found = types.mimeTypeForData(bytes);
    const bool agree = !found.isDefault() && named.inherits(found.name());
    const QString suffix = agree ? named.preferredSuffix() : QString();
    const bool known = std::any_of(std::begin(shownElsewhere), std::end(shownElsewhere),
                                   [&](const char *each) { return suffix == QLatin1StringView(each); });
    if (!known)
        return m_shell.say(tr("ClinicDesk does not open files of this kind. Save a copy, if you trust it."));
    if (!m_copies)
        m_copies = std::make_unique<QTemporaryDir>();
    const QString path = m_copies->filePath(QStringLiteral("%1.%2").arg(++m_copy).arg(suffix));
    if (const auto written = writeFile(path, bytes); !written)
        return m_shell.sayError(written.error());
    QFile::setPermissions(path, QFileDevice::ReadOwner);
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        m_shell.say(tr("No program on this PC opens files of this kind. Save a copy instead."));
}

void DocumentsTab::saveCopy(const domain::Document &document, const QByteArray &bytes)
{
    m_shell.prompter().saveFile(this, tr("Save a copy"), document.fileName, tr("All files (*)"),
                                [this, bytes](const QString &path) {
                                    if (const auto written = writeFile(path, bytes); !written)
                                        return m_shell.sayError(written.error());
                                    m_shell.say(tr("Saved as %1.").arg(models::leftToRight(path)));
                                });
}

} // namespace clinic::gui
