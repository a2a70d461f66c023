// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/importwords.h"

#include "core/fold.h"

namespace clinic::services::importwords {
namespace {

// Column names of patient lists, folded before they are compared. A star stands for any ending, or
// beginning; otherwise whole words; "=" means nothing else beside them. The first match counts.
struct Words
{
    Meaning meaning;
    const char16_t *phrases; // separated by bars
};

constexpr Words table[] = {
    // About another person or thing.
    {Meaning::Nothing,
     u"place of birth|birth place|birthplace|lieu de naissance|lugar de nacimiento|local de nascimento|"
     u"geburtsort|luogo di nascita|geboorteplaats|tempat lahir|dogum yeri|مكان الميلاد|مكان الولادة|محل "
     u"الميلاد|"
     u"next of "
     u"kin|kin|emergency*|father*|mother*|spouse*|husband|wife|guardian*|parent*|padre|madre|vater|mutter|"
     u"nom du pere|nom de la "
     u"mere|conjoint|doctor*|physician*|practitioner*|medecin*|arzt|doktor|nurse|employer*|"
     u"created*|updated*|modified*|registered*|registration date|last visit|visit*|appointment*|facility|"
     u"hospital name|clinic name|branch*|age group|fax|weight|height|blood*|marital*|occupation|religion|"
     u"medical aid name|scheme|insurer|insurance name|الطبيب|اسم الام|اسم الاب|تاريخ التسجيل|maiden*|nom de "
     u"jeune fille|nom jeune fille|geburtsname|apellido de casada|nama ayah|nama ibu|jina la baba|jina la "
     u"mama"},
    {Meaning::FullNameFamilyFirst,
     u"nom et prenom*|nom prenom*|noms et prenoms|nom s et prenom*|nom prenoms|apellidos y nombre*|"
     u"apellido y nombre*|apellidos nombre*|cognome e nome|cognome nome|surname and *name*|surname first "
     u"name|"
     u"surname name|last name first name|last first|last name and first*|nachname vorname|name vorname|"
     u"nazwisko i imie|фио|ф и о|піб|прізвище та ім*|фамилия имя*|姓名|氏名|성명|이름|ho ten|ho va ten|names "
     u"surname first"},
    {Meaning::FullNameGivenFirst,
     u"name surname|name and surname|names and surname|first and last name*|first name and *name|first last|"
     u"first name last name|nombre y apellido*|nombres y apellido*|nome e cognome|nome cognome|vor und "
     u"nachname|vorname und nachname|vorname nachname|ad soyad|adi soyadi|imie i nazwisko|prenom et nom*|"
     u"prenom nom*"},
    {Meaning::FullName, u"full name*|fullname*|patient name|patients name|name of patient|name of the "
                        u"patient|nom complet|nombre "
                        u"completo|nome completo|nome do paciente|nombre del paciente|"
                        u"nom du patient|vollstandiger name|name des patienten|"
                        u"volledige naam|naam patient|jina kamili|majina|hasta adi|nama lengkap|nama "
                        u"pasien|الاسم الكامل|الاسم بالكامل|اسم المريض|الاسم الثلاثي|الاسم "
                        u"الرباعي|ονοματεπωνυμο|"
                        u"שם מלא|नाम पूरा"},
    {Meaning::FamilyName, u"nom de naissance|nom de famille|nom usuel|nom d usage|nom dusage"},
    {Meaning::BirthDate,
     u"dob|d o b|birth*|born*|date of birth|naissance|date naiss*|datenaiss*|date de naiss*|ddn|ne le|nee "
     u"le|ne e le|"
     u"ne nee le|=ne|nacimiento|fecha nac*|f nac*|fecnac*|fechanac*|nacido*|nascimento|data nasc*|dt "
     u"nasc*|nasc|"
     u"nascido*|geburt*|geb|gebdat*|geboren*|nascita|data di "
     u"nasc*|nato*|geboorte*|gebdatum|kuzaliwa|dogum*|d tarihi|"
     u"lahir*|tgl lahir|tanggal lahir|urodz*|data ur|data urodz*|narozen*|datum nar*|fodsel*|fodelse*|fodt|"
     u"syntyma*|szuletes*|nasterii|data nasterii|rođenja|rodenja|datum rod*|рожден*|дата рожд*|д "
     u"р|др|народж*|"
     u"дата народж*|γεννησ*|ημερομηνια γεν*|*ميلاد*|*ولادة*|*المولد*|تاريخ تولد|تولد*|פיתיל|לידה|תאריך "
     u"לידה|出生*|"
     u"生年月日|생년월일|जन्म*|ngay sinh|sinh|เกิด*|ልደት*|پیدائش*"},
    {Meaning::Email, u"*mail*|courriel*|correo*|*البريد*|почта|邮箱|メール*|indirizzo elettronico"},
    {Meaning::Passport, u"passport*|passeport*|pasaporte*|passaporto*|passaporte*|reisepass*|paspoort*|"
                        u"pasipoti*|pasaport*|paspor*|"
                        u"paszport*|паспорт*|*جواز*|护照*"},
    {Meaning::MedicalAid, u"medical aid*|medicalaid*|member no*|membership*|member "
                          u"number|insurance*|policy*|versichert*|krankenkasse*|"
                          u"mutuelle*|assurance*|assure*|n assure|seguro*|nhif*|=sus|=cns|cartao sus|tessera "
                          u"sanitaria|zorgverzekering*|"
                          u"polisnummer|bpjs*|no bpjs|sigorta*|nss|secu*|numero de securite sociale|obra "
                          u"social|afiliado*|bima|*التأمين*"},
    {Meaning::OtherId,
     u"file no*|file nr|file number|=file|folder*|mrn|hospital no*|hospital number|patient no*|patient "
     u"number|"
     u"patient id*|patientid*|patient nr|chart*|record no*|record number|card no*|card number|clinic no*|"
     u"dossier*|n dossier|numero de dossier|num dossier|no dossier|ipp|historia clinica|n "
     u"historia|hc|expediente*|"
     u"prontuario*|aktennummer|akte*|patientennummer|patienten id|pat nr|patnr|cartella*|dossiernummer|"
     u"patientnummer|dosya*|protokol*|no rm|no rekam*|rekam medis|nr karty|номер карт*|*رقم الملف*|رقم "
     u"المريض|"
     u"الملف|病历号|カルテ*|차트번호"},
    {Meaning::NationalId,
     u"=id|id no*|id number*|idno|idnumber|identity*|national*|nid|nin|cni|carte d identite|carte didentite|"
     u"n identite|numero d identite|piece d identite|=cin|cedula*|=ci|dni|curp|cpf|=rg|documento*|doc "
     u"identidad|"
     u"numero de identidad|identificacion*|nif|=nie|=bi|ausweis*|personalausweis*|codice fiscale|=cf|bsn|"
     u"kitambulisho*|nida|tc|tc no|tckn|t c kimlik*|tc kimlik*|kimlik*|nik|no nik|ktp|no ktp|pesel|rodne "
     u"cislo|"
     u"снилс|иин|инн|*الهوية*|*الرقم الوطني*|*الرقم القومي*|رقم وطني|رقم "
     u"قومي|*بطاقة*|身份证*|주민등록번호|ssn|"
     u"social security*|nhs*|ihi|aadhaar*|aadhar*|sa id*|=said|rsa "
     u"id*|personnummer|henkilotunnus|cnp|oib|jmbg|egn|amka"},
    {Meaning::Age, u"age|age years|age in years|age "
                   u"yrs|edad|idade|alter|eta|leeftijd|umri|yas|yasi|umur|usia|wiek|vek|возраст|вік|"
                   u"العمر|السن|عمر|سن|年龄|年齢|나이|tuoi|ηλικια|उम्र|גיל"},
    {Meaning::Sex, u"sex*|gender*|genre|genero|geschlecht*|sesso|genere|geslacht|jinsia|cinsiyet*|jenis "
                   u"kelamin|kelamin|=jk|=l p|"
                   u"plec|pohlavi|=kon|пол|стать|الجنس|النوع|جنس|جنسية المريض|性别|性別|성별|gioi "
                   u"tinh|φυλο|लिंग|מין|=m f|=f m|=h f|=m v"},
    {Meaning::Phone, u"phone*|telephone*|tel|tel "
                     u"*|telf*|telef*|telpon*|telepon*|tlf*|cell*|=cel|celular*|mobile*|mobil*|mob|movil*|"
                     u"handy*|gsm*|portable*|portatil|whatsapp*|simu|simu ya*|no hp|nomor hp|=hp|no "
                     u"telp*|cep*|msisdn|=contact|"
                     u"contact no*|contact number*|=contacts|home phone|work phone|numero de contact*|n "
                     u"tel|num tel|numero de tel*|"
                     u"komorka|тел*|моб*|телефон*|*هاتف*|*جوال*|*موبايل*|*المحمول*|*تلفون*|رقم "
                     u"الاتصال|电话*|手机*|電話*|전화*|휴대*|"
                     u"dien thoai|sdt|फ़ोन|फोन|मोबाइल|τηλεφωνο*|κινητο|טלפון*|נייד"},
    {Meaning::MoreFamilyName,
     u"segundo apellido|apellido 2|apellido materno|apellido ii|second surname|surname 2|materno"},
    {Meaning::FamilyName,
     u"surname*|last name*|lastname*|family*|sur name|=last|apellido*|primer "
     u"apellido|paterno|sobrenome*|apelido*|"
     u"ultimo nome|nachname*|familienname*|zuname*|cognome*|achternaam*|familienaam*|jina la ukoo|jina la "
     u"mwisho|"
     u"jina la familia|ukoo|soyad*|nama belakang|nama "
     u"keluarga|nazwisko*|prijmeni*|priezvisko|efternavn|efternamn|"
     u"etternavn|sukunimi|vezeteknev|prezime|фамилия*|прізвище*|επωνυμο|اسم "
     u"العائلة|العائلة|اللقب|الكنية|الشهرة|"
     u"لقب العائلة|姓|苗字|성|उपनाम|משפחה|שם משפחה|نام خانوادگی"},
    {Meaning::MoreGivenName, u"middle name*|middlename*|=middle|second name*|segundo nombre|deuxieme "
                             u"prenom|autres prenoms|zweiter vorname|"
                             u"отчество|по батькові|اسم الاب الثاني|الاسم الثاني|other name*|othernames"},
    {Meaning::GivenName,
     u"first name*|firstname*|=first|forename*|given*|christian name*|prenom*|primer nombre|primeiro nome|"
     u"vorname*|rufname*|voornaam*|voornamen|roepnaam|jina la kwanza|=adi|nama depan|imie|imiona|jmeno|meno|"
     u"fornavn|fornamn|etunimi|keresztnev|prenume|=ime|имя|імя|ім я|ονομα|الاسم الأول|الاسم الشخصي|اسم "
     u"الشخص|名|"
     u"शीर्षक|שם פרטי|نام"},
    {Meaning::Name, u"name|names|nom|noms|nombre|nombres|nome|naam|jina|isim|=ad|nama|الاسم|اسم|नाम|名前|"
                    u"名字|=patient|=patients|=client|"
                    u"paciente|paziente|pasien|hasta|mgonjwa|المريض|שם"},
    {Meaning::Address,
     u"address*|addr*|street*|residence|adresse*|adress|direccion*|domicilio*|endereco*|morada*|anschrift*|"
     u"strasse*|"
     u"indirizzo*|=via|adres*|anwani*|makazi|alamat*|адрес*|العنوان|عنوان*|السكن|地址|住所|주소|dia chi|पता|"
     u"διευθυνση*|כתובת|city|town|ville|ciudad|cidade|=ort|wohnort|stadt|comune|citta|woonplaats|plaats|mji|"
     u"sehir|"
     u"=il|ilce|kota|miasto|город|المدينة|post code|postcode*|postal code|zip*|plz|=cp|code postal|codigo "
     u"postal|=cap|"
     u"kode "
     u"pos|village|quartier|suburb|district|region|province|provincia|country|pays|pais|=land|rue|barrio|"
     u"bairro|colonia|localidad|estate|location"},
    {Meaning::Remarks,
     u"remark*|note|notes|comment*|observation*|remarque*|commentaire*|nota|notas|observac*|observacion*|"
     u"comentario*|obs|bemerkung*|anmerkung*|notiz*|osservazion*|annotazion*|opmerking*|maelezo|maoni|notlar|"
     u"=not|"
     u"aciklama|catatan|keterangan|uwagi|poznamka|примеч*|комментар*|ملاحظ*|*ملاحظات*|备注|備考|비고|ghi "
     u"chu|info*"},
};

struct Phrase
{
    QString words;
    Meaning meaning;
    bool isWhole; // the whole name, not a part of it
};

const QList<Phrase> &phrases()
{
    static const QList<Phrase> all = [] {
        QList<Phrase> list;
        for (const Words &words : table) {
            for (const QStringView phrase : QStringView(words.phrases).split(u'|')) {
                const bool isWhole = phrase.startsWith(u'=');
                QString folded = fold(phrase);
                if (folded.isEmpty())
                    continue;
                if (!phrase.startsWith(u'*'))
                    folded.prepend(u' ');
                if (!phrase.endsWith(u'*'))
                    folded.append(u' ');
                list << Phrase{folded, words.meaning, isWhole};
            }
        }
        return list;
    }();
    return all;
}

} // namespace

Meaning meaningOf(const QString &text)
{
    const QString folded = fold(text);
    if (folded.isEmpty())
        return Meaning::Nothing;
    const QString header = u' ' + folded + u' ';
    for (const Phrase &phrase : phrases()) {
        if (phrase.isWhole ? header == phrase.words : header.contains(phrase.words))
            return phrase.meaning;
    }
    return Meaning::Unknown;
}

} // namespace clinic::services::importwords
