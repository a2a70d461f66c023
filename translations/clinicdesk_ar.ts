<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>&amp;Patients</source>
        <translation>المرضى</translation>
    </message>
    <message>
        <source>&amp;Register patient</source>
        <translation>تسجيل مريض</translation>
    </message>
    <message>
        <source>&amp;Import patients …</source>
        <translation>استيراد مرضى …</translation>
    </message>
    <message>
        <source>&amp;Calendar</source>
        <translation>التقويم</translation>
    </message>
    <message>
        <source>&amp;Book appointment</source>
        <translation>حجز موعد</translation>
    </message>
    <message>
        <source>&amp;Waiting list</source>
        <translation>قائمة الانتظار</translation>
    </message>
    <message>
        <source>&amp;Billing</source>
        <translation>الفوترة</translation>
    </message>
    <message>
        <source>Cash &amp;drawer</source>
        <translation>درج النقود</translation>
    </message>
    <message>
        <source>&amp;Set-up</source>
        <translation>الإعداد</translation>
    </message>
    <message>
        <source>&amp;Users and roles</source>
        <translation>المستخدمون والأدوار</translation>
    </message>
    <message>
        <source>&amp;Audit</source>
        <translation>سجل التدقيق</translation>
    </message>
    <message>
        <source>&amp;My account</source>
        <translation>حسابي</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ملف</translation>
    </message>
    <message>
        <source>&amp;Appointments</source>
        <translation>المواعيد</translation>
    </message>
    <message>
        <source>A&amp;dmin</source>
        <translation>الإدارة</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>مساعدة</translation>
    </message>
    <message>
        <source>&amp;Tomorrow&apos;s list</source>
        <translation>قائمة الغد</translation>
    </message>
    <message>
        <source>My sc&amp;hedule</source>
        <translation>جدولي</translation>
    </message>
    <message>
        <source>S&amp;ettings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Se&amp;rver</source>
        <translation>الخادم</translation>
    </message>
    <message>
        <source>Recovery &amp;key …</source>
        <translation>مفتاح الا&amp;ستعادة …</translation>
    </message>
    <message>
        <source>Retention ru&amp;les …</source>
        <translation>قواعد الا&amp;حتفاظ …</translation>
    </message>
    <message>
        <source>E&amp;mergency access</source>
        <translation>الوصول ا&amp;لطارئ</translation>
    </message>
</context>
<context>
    <name>AuditCsv</name>
    <message>
        <source>Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>الحاسوب</translation>
    </message>
    <message>
        <source>When</source>
        <translation>متى</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>What</source>
        <translation>ماذا</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>النتيجة</translation>
    </message>
    <message>
        <source>On</source>
        <translation>على</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>التغيير</translation>
    </message>
</context>
<context>
    <name>Code</name>
    <message>
        <source>Patient asked</source>
        <translation>بطلب من المريض</translation>
    </message>
    <message>
        <source>Patient too ill to come</source>
        <translation>المريض أشد مرضًا من أن يحضر</translation>
    </message>
    <message>
        <source>Doctor not available</source>
        <translation>الطبيب غير متاح</translation>
    </message>
    <message>
        <source>Booked in error</source>
        <translation>حُجز بالخطأ</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>أخرى</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>بالهاتف</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>شخصيًا</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>برسالة</translation>
    </message>
    <message>
        <source>Kiosk</source>
        <translation>الكشك</translation>
    </message>
    <message>
        <source>Service was not given</source>
        <translation>لم تُقدَّم الخدمة</translation>
    </message>
    <message>
        <source>Charged twice</source>
        <translation>حُصّل مرتين</translation>
    </message>
    <message>
        <source>Wrong amount</source>
        <translation>المبلغ خطأ</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>Paper</source>
        <translation>الورق</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>حفظ بصيغة PDF</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf)</source>
        <translation>مستندات PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Saved to %1.</source>
        <translation>حُفظ في %1.</translation>
    </message>
    <message>
        <source>&amp;Print</source>
        <translation>طباعة</translation>
    </message>
    <message>
        <source>Appointments of %1</source>
        <translation>مواعيد %1</translation>
    </message>
    <message>
        <source>Statement of %1</source>
        <translation>كشف حساب %1</translation>
    </message>
    <message>
        <source>Invoice %1</source>
        <translation>الفاتورة %1</translation>
    </message>
    <message>
        <source>Receipt %1</source>
        <translation>الإيصال %1</translation>
    </message>
    <message>
        <source>Day list %1</source>
        <translation>قائمة يوم %1</translation>
    </message>
    <message>
        <source>The printer did not take the document. Nothing was printed.</source>
        <translation>لم تقبل الطابعة المستند. لم يُطبع شيء.</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Tax number %1</source>
        <translation>الرقم الضريبي %1</translation>
    </message>
    <message>
        <source>COPY</source>
        <translation>نسخة</translation>
    </message>
    <message>
        <source>Printed %1 by %2</source>
        <translation>طُبع في %1 بواسطة %2</translation>
    </message>
    <message>
        <source>Draft invoice</source>
        <translation>مسودة فاتورة</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>فاتورة</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>Date: %1</source>
        <translation>التاريخ: %1</translation>
    </message>
    <message>
        <source>Patient: %1 (%2)</source>
        <translation>المريض: %1 (%2)</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>الكمية</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>السعر</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>الضريبة</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>المجموع</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>الصافي</translation>
    </message>
    <message>
        <source>Credited</source>
        <translation>المخصوم</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>المدفوع</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>المطلوب دفعه</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>رد مبلغ</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>إيصال</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>الطريقة</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>المرجع</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Paid back</source>
        <translation>رُدّ</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>استُلم</translation>
    </message>
    <message>
        <source>Still to pay</source>
        <translation>المتبقي للدفع</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>كشف حساب</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>المستند</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>المبلغ</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>الرصيد</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>دفعة</translation>
    </message>
    <message>
        <source>Credit note</source>
        <translation>إشعار دائن</translation>
    </message>
    <message>
        <source>Appointments</source>
        <translation>المواعيد</translation>
    </message>
    <message>
        <source>When</source>
        <translation>متى</translation>
    </message>
    <message>
        <source>With</source>
        <translation>مع</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>الخدمة</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Day list</source>
        <translation>قائمة اليوم</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>الوقت</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>What we have about you</source>
        <translation>ما لدينا عنك</translation>
    </message>
    <message>
        <source>(not any more)</source>
        <translation>(لم يعد ساريًا)</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>معرّف</translation>
    </message>
    <message>
        <source>You</source>
        <translation>أنت</translation>
    </message>
    <message>
        <source>People to call</source>
        <translation>أشخاص للاتصال</translation>
    </message>
    <message>
        <source>Allergies</source>
        <translation>الحساسيات</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>الحالات المرضية</translation>
    </message>
    <message>
        <source>Invoices</source>
        <translation>الفواتير</translation>
    </message>
    <message>
        <source>Payments and credit notes</source>
        <translation>المدفوعات وإشعارات الدائن</translation>
    </message>
    <message>
        <source>Other branches may have more: this PC keeps only some of them.</source>
        <translation>قد يكون لدى فروع أخرى المزيد: هذا الحاسوب يحتفظ ببعضها فقط.</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>المستندات</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>يوافق</translation>
    </message>
    <message>
        <source>does not agree</source>
        <translation>لا يوافق</translation>
    </message>
    <message>
        <source>What was agreed to</source>
        <translation>ما تمت الموافقة عليه</translation>
    </message>
    <message>
        <source>Being photographed</source>
        <translation>التصوير</translation>
    </message>
    <message>
        <source>Data going to others than this hospital</source>
        <translation>ذهاب البيانات إلى جهات غير هذا المستشفى</translation>
    </message>
    <message>
        <source>Being counted in copies for research and training</source>
        <translation>الدخول في نسخ للبحث والتدريب</translation>
    </message>
    <message>
        <source>Being written to and called</source>
        <translation>المراسلة والاتصال</translation>
    </message>
    <message>
        <source>In your favour</source>
        <translation>لصالحك</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>حوالي %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>أنثى</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>ذكر</translation>
    </message>
    <message>
        <source>Other</source>
        <comment>sex</comment>
        <translation>أخرى</translation>
    </message>
</context>
<context>
    <name>Entity</name>
    <message>
        <source>User</source>
        <translation>المستخدم</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>Permission of a role</source>
        <translation>صلاحية دور</translation>
    </message>
    <message>
        <source>Role of a user</source>
        <translation>دور مستخدم</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>الجهاز</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>الموعد</translation>
    </message>
    <message>
        <source>Step of an appointment</source>
        <translation>خطوة في موعد</translation>
    </message>
    <message>
        <source>Amendment</source>
        <translation>تصحيح</translation>
    </message>
    <message>
        <source>Waiting list</source>
        <translation>قائمة الانتظار</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>إبطال</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>فاتورة</translation>
    </message>
    <message>
        <source>Invoice line</source>
        <translation>بند فاتورة</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>دفعة</translation>
    </message>
    <message>
        <source>Credit note</source>
        <translation>إشعار دائن</translation>
    </message>
    <message>
        <source>Cash drawer</source>
        <translation>درج النقود</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>معرّف</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>جهة اتصال</translation>
    </message>
    <message>
        <source>Next of kin</source>
        <translation>أقرب الأقارب</translation>
    </message>
    <message>
        <source>Allergy</source>
        <translation>حساسية</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>حالة مرضية</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>الصورة</translation>
    </message>
    <message>
        <source>Hospital</source>
        <translation>المستشفى</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>الفرع</translation>
    </message>
    <message>
        <source>Room or equipment</source>
        <translation>غرفة أو جهاز</translation>
    </message>
    <message>
        <source>Practitioner</source>
        <translation>الممارس</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>أوقات العمل</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>إجازة</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>الخدمة</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>الرمز</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>إعداد</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>تعارض</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>يحتاج إلى انتباه</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>مستند</translation>
    </message>
    <message>
        <source>Kept time</source>
        <translation>وقت محجوز</translation>
    </message>
    <message>
        <source>Emergency access</source>
        <translation>الوصول الطارئ</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>موافقة</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Something went wrong in the program. Nothing was saved, and what you typed is still here. Please try again; if it happens again, tell support the number below.</source>
        <translation>حدث خطأ في البرنامج. لم يُحفظ شيء، وما كتبته ما زال هنا. حاول مرة أخرى؛ وإن تكرر ذلك فأبلغ الدعم بالرقم أدناه.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>توقّف العمل. لم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>%1 is needed.</source>
        <translation>لا بد من إدخال: %1.</translation>
    </message>
    <message>
        <source>“%1” is not a time zone. Use a name such as Africa/Johannesburg.</source>
        <translation>«%1» ليست منطقة زمنية. استخدم اسمًا مثل Africa/Johannesburg.</translation>
    </message>
    <message>
        <source>“%1” is not a currency. Use a code of three letters such as ZAR or EUR.</source>
        <translation>«%1» ليست عملة. استخدم رمزًا من ثلاثة أحرف مثل ZAR أو EUR.</translation>
    </message>
    <message>
        <source>A user name has 2 to 40 letters, digits, dots, hyphens or underscores.</source>
        <translation>يتكون اسم المستخدم من 2 إلى 40 حرفًا أو رقمًا أو نقطة أو شرطة أو شرطة سفلية.</translation>
    </message>
    <message>
        <source>Somebody else has to approve this.</source>
        <translation>يجب أن يوافق شخص آخر على هذا.</translation>
    </message>
    <message>
        <source>The time has to be in the future and on a five-minute step.</source>
        <translation>يجب أن يكون الوقت في المستقبل وعلى خطوات من خمس دقائق.</translation>
    </message>
    <message>
        <source>The length has to be in steps of five minutes, at most a day.</source>
        <translation>يجب أن تكون المدة على خطوات من خمس دقائق، ولا تتجاوز يومًا.</translation>
    </message>
    <message>
        <source>%1 cannot be used as it is.</source>
        <translation>لا يمكن استخدام «%1» كما هو.</translation>
    </message>
    <message>
        <source>%1 is too long: at most %2 characters fit.</source>
        <translation>«%1» طويل جدًا: الحد الأقصى %2 حرفًا.</translation>
    </message>
    <message>
        <source>This is not a date we understand. Type day, month and year, such as 21/7/1980, or only the year.</source>
        <translation>هذا ليس تاريخًا نفهمه. اكتب اليوم والشهر والسنة، مثل 21/7/1980، أو السنة وحدها.</translation>
    </message>
    <message>
        <source>This date is in the future.</source>
        <translation>هذا التاريخ في المستقبل.</translation>
    </message>
    <message>
        <source>There is no such day in the calendar.</source>
        <translation>لا يوجد يوم كهذا في التقويم.</translation>
    </message>
    <message>
        <source>A telephone number has 5 to 15 digits, and may begin with +.</source>
        <translation>يتكون رقم الهاتف من 5 إلى 15 رقمًا، وقد يبدأ بعلامة +.</translation>
    </message>
    <message>
        <source>An e-mail address looks like name@example.org.</source>
        <translation>يكون البريد الإلكتروني على شكل name@example.org.</translation>
    </message>
    <message>
        <source>Please type an amount such as 120.50.</source>
        <translation>اكتب مبلغًا مثل 120.50.</translation>
    </message>
    <message>
        <source>This amount is too large.</source>
        <translation>هذا المبلغ كبير جدًا.</translation>
    </message>
    <message>
        <source>%1 contains characters that cannot be seen. Please type it again.</source>
        <translation>يحتوي «%1» على رموز لا تُرى. اكتبه من جديد.</translation>
    </message>
    <message>
        <source>The cash drawer is open already.</source>
        <translation>درج النقود مفتوح بالفعل.</translation>
    </message>
    <message>
        <source>This folder holds a clinic already. Nothing was changed.</source>
        <translation>يحتوي هذا المجلد على عيادة بالفعل. لم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>%1 is taken already. Please choose another.</source>
        <translation>%1 مستخدم بالفعل. اختر غيره.</translation>
    </message>
    <message>
        <source>Somebody else changed %1 while you were typing. Nothing was overwritten; look at both values and save again.</source>
        <translation>غيّر شخص آخر «%1» وأنت تكتب. لم يُستبدل شيء؛ انظر إلى القيمتين ثم احفظ من جديد.</translation>
    </message>
    <message>
        <source>You may not do this: it needs the permission “%1”.</source>
        <translation>لا يحق لك هذا: فهو يحتاج إلى الصلاحية «%1».</translation>
    </message>
    <message>
        <source>This appointment is %1, so it cannot become %2.</source>
        <translation>حالة هذا الموعد «%1»، فلا يمكن أن تصبح «%2».</translation>
    </message>
    <message>
        <source>%1 has an appointment from %2 to %3. Choose another time.</source>
        <translation>لدى %1 موعد من %2 إلى %3. اختر وقتًا آخر.</translation>
    </message>
    <message>
        <source>This patient has another appointment from %1 to %2.</source>
        <translation>لهذا المريض موعد آخر من %1 إلى %2.</translation>
    </message>
    <message>
        <source>%1 does not work at that time.</source>
        <translation>لا يعمل %1 في ذلك الوقت.</translation>
    </message>
    <message>
        <source>%1 is away at that time (%2).</source>
        <translation>%1 غائب في ذلك الوقت (%2).</translation>
    </message>
    <message>
        <source>leave</source>
        <translation>إجازة</translation>
    </message>
    <message>
        <source>Please say why.</source>
        <translation>اذكر السبب من فضلك.</translation>
    </message>
    <message>
        <source>This appointment is closed. It can be corrected by an amendment only.</source>
        <translation>هذا الموعد مغلق. لا يُصحَّح إلا بتصحيح مدوَّن.</translation>
    </message>
    <message>
        <source>This can no longer be changed. Correct it with a new document, such as a credit note.</source>
        <translation>لم يعد هذا قابلًا للتغيير. صحّحه بمستند جديد، مثل إشعار دائن.</translation>
    </message>
    <message>
        <source>That is more than was paid: at most %1.</source>
        <translation>هذا أكثر مما دُفع: الحد الأقصى %1.</translation>
    </message>
    <message>
        <source>That is more than is owed: at most %1.</source>
        <translation>هذا أكثر من المستحق: الحد الأقصى %1.</translation>
    </message>
    <message>
        <source>There is nothing on it yet.</source>
        <translation>لا شيء فيها بعد.</translation>
    </message>
    <message>
        <source>The cash drawer is closed. Open it first, then take cash.</source>
        <translation>درج النقود مغلق. افتحه أولًا ثم استلم النقود.</translation>
    </message>
    <message>
        <source>This can no longer be undone, because something happened after it.</source>
        <translation>لم يعد التراجع عن هذا ممكنًا، لأن شيئًا حدث بعده.</translation>
    </message>
    <message>
        <source>This account has no role. Ask an administrator.</source>
        <translation>ليس لهذا الحساب دور. اسأل مديرًا.</translation>
    </message>
    <message>
        <source>This patient is deactivated (%1). Reactivate first.</source>
        <translation>هذا المريض موقوف (%1). أعد تفعيله أولًا.</translation>
    </message>
    <message>
        <source>%1 is no longer in use.</source>
        <translation>لم يعد %1 مستخدمًا.</translation>
    </message>
    <message>
        <source>This account is blocked. Ask an administrator.</source>
        <translation>هذا الحساب محظور. اسأل مديرًا.</translation>
    </message>
    <message>
        <source>User name or password is wrong.</source>
        <translation>اسم المستخدم أو كلمة المرور خطأ.</translation>
    </message>
    <message>
        <source>The password is wrong.</source>
        <translation>كلمة المرور خطأ.</translation>
    </message>
    <message>
        <source>Choose a password of at least 8 characters that is not easy to guess. Three words in a row are good.</source>
        <translation>اختر كلمة مرور من 8 أحرف على الأقل لا يسهل تخمينها. ثلاث كلمات متتالية اختيار جيد.</translation>
    </message>
    <message>
        <source>Please sign in first.</source>
        <translation>سجّل الدخول أولًا.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was saved, and what you typed is still here. Make room, then try again.</source>
        <translation>القرص ممتلئ. لم يُحفظ شيء، وما كتبته ما زال هنا. أفسح مكانًا ثم حاول مرة أخرى.</translation>
    </message>
    <message>
        <source>The clinic&apos;s file cannot be written. Check its rights and whether the disk is read-only.</source>
        <translation>لا يمكن الكتابة في ملف العيادة. تحقق من الصلاحيات ومن أن القرص ليس للقراءة فقط.</translation>
    </message>
    <message>
        <source>This clinic&apos;s file was written by a newer version of ClinicDesk (%1, this one knows %2). Install the newer version; the file was not touched.</source>
        <translation>كُتب ملف هذه العيادة بإصدار أحدث من ClinicDesk (%1، وهذا الإصدار يعرف %2). ثبّت الإصدار الأحدث؛ لم يُمسّ الملف.</translation>
    </message>
    <message>
        <source>This file is not a clinic. It was not touched; choose another one or restore a backup.</source>
        <translation>هذا الملف ليس عيادة. لم يُمسّ؛ اختر ملفًا آخر أو استعد نسخة احتياطية.</translation>
    </message>
    <message>
        <source>The clinic&apos;s file is damaged. It was not touched; restore the last good backup and keep this file for support.</source>
        <translation>ملف العيادة تالف. لم يُمسّ؛ استعد آخر نسخة احتياطية سليمة واحتفظ بهذا الملف للدعم.</translation>
    </message>
    <message>
        <source>ClinicDesk is open on this clinic. Close it there first, or use it there.</source>
        <translation>ClinicDesk مفتوح على هذه العيادة. أغلقه هناك أولًا، أو استخدمه هناك.</translation>
    </message>
    <message>
        <source>The file or folder is not there.</source>
        <translation>الملف أو المجلد غير موجود.</translation>
    </message>
    <message>
        <source>The file cannot be read. Check that it is there and that you may open it.</source>
        <translation>تعذرت قراءة الملف. تحقق من وجوده ومن أنه يحق لك فتحه.</translation>
    </message>
    <message>
        <source>This belongs to another profile.</source>
        <translation>هذا يخص بيئة أخرى.</translation>
    </message>
    <message>
        <source>This version is not known.</source>
        <translation>هذا الإصدار غير معروف.</translation>
    </message>
    <message>
        <source>Error number %1</source>
        <translation>رقم الخطأ %1</translation>
    </message>
    <message>
        <source>“%1” is not a profile. Use production, testing or development.</source>
        <translation>«%1» ليست بيئة. استخدم production أو testing أو development.</translation>
    </message>
    <message>
        <source>%1 has to be a number from %2 to %3.</source>
        <translation>يجب أن تكون قيمة «%1» رقمًا من %2 إلى %3.</translation>
    </message>
    <message>
        <source>The server does not answer. Check the network and try again; nothing is lost.</source>
        <translation>الخادم لا يجيب. تحقق من الشبكة وحاول مرة أخرى؛ لم يُفقد شيء.</translation>
    </message>
    <message>
        <source>The server does not accept this code. It may have been used or be older than seven days; ask for a new one.</source>
        <translation>لا يقبل الخادم هذا الرمز. ربما استُخدم من قبل أو مضى عليه أكثر من سبعة أيام؛ اطلب رمزًا جديدًا.</translation>
    </message>
    <message>
        <source>This PC&apos;s keychain does not answer, so the keys for the server have no safe place. Unlock the keychain and try again.</source>
        <translation>مخزن المفاتيح في هذا الجهاز لا يجيب، فلا مكان آمن لمفاتيح الخادم. افتح مخزن المفاتيح وحاول مرة أخرى.</translation>
    </message>
    <message>
        <source>Another desk has just taken %1. The next free times are below.</source>
        <translation>حجز مكتب آخر الساعة %1 للتو. أقرب الأوقات المتاحة في الأسفل.</translation>
    </message>
    <message>
        <source>“%1” is not a server&apos;s address. One looks like https://clinic.example:8443; http is for a server on this very PC only.</source>
        <translation>«%1» ليس عنوان خادم. يبدو العنوان هكذا: https://clinic.example:8443، أما http فلخادم على هذا الجهاز نفسه فقط.</translation>
    </message>
    <message>
        <source>A fingerprint has 64 digits from 0 to 9 and A to F; colons do not matter.</source>
        <translation>تتكون البصمة من 64 خانة من 0 إلى 9 ومن A إلى F، ولا تهم النقطتان بينها.</translation>
    </message>
    <message>
        <source>This file is not a certificate in PEM form.</source>
        <translation>هذا ليس شهادة بصيغة PEM.</translation>
    </message>
    <message>
        <source>At most %1 addresses.</source>
        <translation>%1 عناوين على الأكثر.</translation>
    </message>
    <message>
        <source>This is not the right kind of file. What goes to the server ends in .parcel, what comes back in .answers.</source>
        <translation>ليس هذا النوع المطلوب من الملفات. ما يذهب إلى الخادم ينتهي بـ .parcel وما يعود ينتهي بـ .answers.</translation>
    </message>
    <message>
        <source>The file is not whole, or somebody changed it. Nothing of what is damaged was taken; copy it once more, or have it made again.</source>
        <translation>الملف غير مكتمل أو غيّره أحدهم. لم يؤخذ شيء مما تلف؛ انسخه مرة أخرى أو اطلب كتابته من جديد.</translation>
    </message>
    <message>
        <source>This file is not for this PC, or not for this hospital.</source>
        <translation>هذا الملف ليس لهذا الجهاز أو ليس لهذا المستشفى.</translation>
    </message>
    <message>
        <source>This PC does not keep that branch any more. Choose another branch at the top and save again.</source>
        <translation>لم يعد هذا الحاسوب يحتفظ بذلك الفرع. اختر فرعًا آخر في الأعلى ثم احفظ من جديد.</translation>
    </message>
    <message>
        <source>This file is larger than %1 MB.</source>
        <translation>هذا الملف أكبر من %1 ميغابايت.</translation>
    </message>
    <message>
        <source>This clinic is connected to a server already. What it has comes from there.</source>
        <translation>هذه العيادة متصلة بخادم من قبل. ما لديها يأتي من هناك.</translation>
    </message>
    <message>
        <source>This is a file of this hospital itself.</source>
        <translation>هذا ملف من ملفات هذا المستشفى نفسه.</translation>
    </message>
    <message>
        <source>This PC keeps some branches only. Do it on one that keeps everything.</source>
        <translation>يحتفظ هذا الحاسوب ببعض الفروع فقط. افعل ذلك على حاسوب يحتفظ بكل شيء.</translation>
    </message>
    <message>
        <source>This file was written by another version. Start ClinicDesk on it once, then try again.</source>
        <translation>كُتب هذا الملف بإصدار آخر. شغّل ClinicDesk عليه مرة واحدة ثم حاول مرة أخرى.</translation>
    </message>
    <message>
        <source>This PC already holds another hospital&apos;s data. Move its file aside, start again and join with this code; then bring that file in on the screen “Server”.</source>
        <translation>يحوي هذا الحاسوب بيانات مستشفى آخر. انقل ملفه جانبًا وابدأ من جديد وانضم بهذا الرمز، ثم أدخل ذلك الملف من شاشة «الخادم».</translation>
    </message>
    <message>
        <source>By the server&apos;s clock these times are over. Is this PC&apos;s clock right?</source>
        <translation>بحسب ساعة الخادم انقضت هذه الأوقات. هل ساعة هذا الحاسوب صحيحة؟</translation>
    </message>
    <message>
        <source>That time of %1 is kept for a PC without the network.</source>
        <translation>هذا الوقت لدى %1 محجوز لحاسوب بلا شبكة.</translation>
    </message>
    <message>
        <source>This PC was reported lost, and the server has ordered everything of the clinic to be removed from it. That is done. If the PC is back, an administrator&apos;s code lets it begin again.</source>
        <translation>أُبلغ عن فقدان هذا الحاسوب، وأمر الخادم بإزالة كل ما يخص العيادة منه. وقد تم ذلك. إذا عاد الحاسوب فبإمكانه البدء من جديد برمز من المسؤول.</translation>
    </message>
    <message>
        <source>Now the code from your authenticator app, or one of your codes on paper.</source>
        <translation>والآن الرمز من تطبيق المصادقة، أو أحد رموزك الورقية.</translation>
    </message>
    <message>
        <source>This code is not right, or was used already. The app shows a new one every half minute; this PC&apos;s clock has to be right.</source>
        <translation>هذا الرمز غير صحيح أو سبق استعماله. يعرض التطبيق رمزًا جديدًا كل نصف دقيقة؛ ويجب أن تكون ساعة هذا الحاسوب صحيحة.</translation>
    </message>
    <message>
        <source>Somebody put another part of the clinic&apos;s file (page %1) in the place of page %2. Nothing more was read; restore the last good backup and keep this file for support.</source>
        <translation>وضع أحدهم جزءًا آخر من ملف العيادة (الصفحة %1) مكان الصفحة %2. لم يُقرأ شيء آخر؛ استعد آخر نسخة احتياطية سليمة واحتفظ بهذا الملف للدعم.</translation>
    </message>
    <message>
        <source>A part of the clinic&apos;s file (page %1) is not what ClinicDesk wrote there: it was changed from outside, or the disk lost it. Nothing more was read; restore the last good backup and keep this file for support.</source>
        <translation>جزء من ملف العيادة (الصفحة %1) ليس ما كتبه ClinicDesk هناك: إما أنه غُيِّر من الخارج أو أن القرص فقده. لم يُقرأ شيء آخر؛ استعد آخر نسخة احتياطية سليمة واحتفظ بهذا الملف للدعم.</translation>
    </message>
    <message>
        <source>The clinic&apos;s file is sealed, and there is no key for it here. Sign in as somebody who has worked on this PC, or use the recovery key.</source>
        <translation>ملف العيادة مختوم ولا يوجد مفتاح له هنا. سجّل الدخول باسم شخص عمل على هذا الحاسوب، أو استعمل مفتاح الاستعادة.</translation>
    </message>
    <message>
        <source>The key does not belong to this clinic&apos;s file. Nothing was changed.</source>
        <translation>هذا المفتاح ليس لملف هذه العيادة. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The last day comes before the first.</source>
        <translation>اليوم الأخير يسبق الأول.</translation>
    </message>
    <message>
        <source>You are looking at what another role sees. Nothing can be changed until you go back.</source>
        <translation>أنت ترى ما يراه دور آخر. لا يمكن تغيير شيء حتى تعود.</translation>
    </message>
    <message numerus="yes">
        <source>This PC has not reached its server for %n day(s). Who may work may have changed; only an administrator can sign in until it has.</source>
        <translation>
            <numerusform>لم يصل هذا الحاسوب إلى خادمه منذ اليوم. ربما تغيّر من يحق له العمل؛ لا يستطيع الدخول إلا مدير حتى يصل إليه.</numerusform>
            <numerusform>لم يصل هذا الحاسوب إلى خادمه منذ يوم واحد. ربما تغيّر من يحق له العمل؛ لا يستطيع الدخول إلا مدير حتى يصل إليه.</numerusform>
            <numerusform>لم يصل هذا الحاسوب إلى خادمه منذ يومين. ربما تغيّر من يحق له العمل؛ لا يستطيع الدخول إلا مدير حتى يصل إليه.</numerusform>
            <numerusform>لم يصل هذا الحاسوب إلى خادمه منذ %n أيام. ربما تغيّر من يحق له العمل؛ لا يستطيع الدخول إلا مدير حتى يصل إليه.</numerusform>
            <numerusform>لم يصل هذا الحاسوب إلى خادمه منذ %n يومًا. ربما تغيّر من يحق له العمل؛ لا يستطيع الدخول إلا مدير حتى يصل إليه.</numerusform>
            <numerusform>لم يصل هذا الحاسوب إلى خادمه منذ %n يوم. ربما تغيّر من يحق له العمل؛ لا يستطيع الدخول إلا مدير حتى يصل إليه.</numerusform>
        </translation>
    </message>
    <message>
        <source>Another PC has just replaced the key. Nothing more was done.</source>
        <translation>استبدل جهاز آخر المفتاح للتو. لم يُفعل شيء غير ذلك.</translation>
    </message>
    <message>
        <source>This is sealed with a key of the hospital&apos;s that has not reached this PC yet. It comes by itself as soon as another PC of the hospital is switched on.</source>
        <translation>هذا مختوم بمفتاح للمستشفى لم يصل إلى هذا الجهاز بعد. سيصل من تلقاء نفسه حالما يُشغَّل جهاز آخر من أجهزة المستشفى.</translation>
    </message>
    <message>
        <source>Whoever approves has a second factor: the code of their authenticator app, or one of their codes on paper.</source>
        <translation>لدى من يوافق عامل ثانٍ: رمز تطبيق المصادقة الخاص به، أو أحد رموزه الورقية.</translation>
    </message>
    <message>
        <source>This recovery key is not right, or is not this hospital&apos;s newest one.</source>
        <translation>مفتاح الاستعادة هذا غير صحيح، أو ليس أحدث مفتاح لهذا المستشفى.</translation>
    </message>
    <message>
        <source>This code is for a hospital that has lost all its PCs. Now type the recovery key that was printed and put away; nothing else opens what the server has.</source>
        <translation>هذا الرمز لمستشفى فقد كل أجهزته. اكتب الآن مفتاح الاستعادة الذي طُبع وحُفظ؛ لا شيء غيره يفتح ما على الخادم.</translation>
    </message>
    <message>
        <source>This calendar is outside of what your role reaches.</source>
        <translation>هذا التقويم خارج ما يصل إليه دورك.</translation>
    </message>
    <message>
        <source>Your role is held in one branch only. An administrator can change that.</source>
        <translation>دورك مقتصر على فرع واحد. يمكن للمسؤول تغيير ذلك.</translation>
    </message>
    <message>
        <source>This record is outside of what your role reaches.</source>
        <translation>هذا السجل خارج ما يصل إليه دورك.</translation>
    </message>
    <message>
        <source>You opened this record yourself. Somebody else reviews it.</source>
        <translation>أنت من فتح هذا السجل. يراجعه شخص آخر.</translation>
    </message>
    <message>
        <source>The person does not want to be photographed. See “What was agreed to”.</source>
        <translation>لا يريد هذا الشخص أن يُصوَّر. انظر «ما تمت الموافقة عليه».</translation>
    </message>
    <message>
        <source>This record was anonymised. Nothing that says who it was can be added to it.</source>
        <translation>أُخفيت هوية هذا السجل. لا يمكن أن يُضاف إليه ما يدل على صاحبه.</translation>
    </message>
    <message>
        <source>There is an appointment that is coming or not finished. Cancel or complete it first.</source>
        <translation>هناك موعد قادم أو لم ينته. ألغه أو أتمه أولاً.</translation>
    </message>
    <message>
        <source>Parts of this record are not on this PC. Fetch them first, so that nothing is left behind.</source>
        <translation>أجزاء من هذا السجل ليست على هذا الحاسوب. اجلبها أولاً حتى لا يبقى منه شيء.</translation>
    </message>
    <message>
        <source>This PC does not have everybody&apos;s whole record. Do it on one that keeps every branch and has finished loading.</source>
        <translation>ليست على هذا الحاسوب السجلات كاملة. افعل ذلك على حاسوب يحفظ جميع الفروع وقد انتهى من التحميل.</translation>
    </message>
    <message>
        <source>There is still money to be paid or given back. Settle that first.</source>
        <translation>ما زال هناك مبلغ يُدفع أو يُرد. سوِّ ذلك أولاً.</translation>
    </message>
    <message>
        <source>This is not the code that was sent, or its ten minutes are over.</source>
        <translation>ليس هذا الرمز الذي أُرسل، أو انقضت دقائقه العشر.</translation>
    </message>
    <message numerus="yes">
        <source>A code was sent already. Another one can be sent in %n second(s).</source>
        <translation>
            <numerusform>أُرسل رمز من قبل. يمكن إرسال آخر بعد قليل.</numerusform>
            <numerusform>أُرسل رمز من قبل. يمكن إرسال آخر بعد ثانية واحدة.</numerusform>
            <numerusform>أُرسل رمز من قبل. يمكن إرسال آخر بعد ثانيتين.</numerusform>
            <numerusform>أُرسل رمز من قبل. يمكن إرسال آخر بعد %n ثوانٍ.</numerusform>
            <numerusform>أُرسل رمز من قبل. يمكن إرسال آخر بعد %n ثانية.</numerusform>
            <numerusform>أُرسل رمز من قبل. يمكن إرسال آخر بعد %n ثانية.</numerusform>
        </translation>
    </message>
    <message>
        <source>That is more than %1 years ago; nobody is that old. Is the year right?</source>
        <translation>هذا قبل أكثر من %1 سنة، ولا أحد بهذا العمر. هل السنة صحيحة؟</translation>
    </message>
    <message>
        <source>There is no room on the disk for %1. It was not written; a file of that name is as it was. Make room, then try again.</source>
        <translation>لا تتسع مساحة القرص للملف %1. لم يُكتب، وإن كان هناك ملف بهذا الاسم فقد بقي كما كان. أفسح مكانًا ثم حاول مرة أخرى.</translation>
    </message>
    <message>
        <source>%1 cannot be written. Check that its folder is there, and its rights.</source>
        <translation>تتعذر كتابة %1. تحقق من وجود مجلده ومن صلاحياته.</translation>
    </message>
    <message>
        <source>The key was replaced too often today. Nothing more was done.</source>
        <translation>استُبدل المفتاح مرات كثيرة اليوم. لم يُنفَّذ أي شيء آخر.</translation>
    </message>
    <message>
        <source>The clinic&apos;s file has its new key. These copies of it could not be given that key: %1. They open as before, and the key before is kept for them. Make room on the disk and try again; remove a copy that is damaged.</source>
        <translation>لملف العيادة مفتاحه الجديد. تعذّر إعطاء هذا المفتاح لنسخ الملف هذه: %1. وهي تُفتح كما كانت، وقد حُفظ لها المفتاح السابق. أفسح مكانًا على القرص وحاول مرة أخرى، واحذف النسخة المتضررة.</translation>
    </message>
    <message>
        <source>The file with the keys to this clinic, %1, is missing, and its second copy as well. The clinic itself was not touched.</source>
        <translation>ملف مفاتيح هذه العيادة، %1، غير موجود، ولا نسخته الثانية. لم تُمس العيادة نفسها.</translation>
    </message>
    <message>
        <source>The file with the keys to this clinic, %1, is damaged, and its second copy as well. The clinic itself was not touched.</source>
        <translation>ملف مفاتيح هذه العيادة، %1، متضرر، وكذلك نسخته الثانية. لم تُمس العيادة نفسها.</translation>
    </message>
    <message>
        <source>Copy the file with the keys that lies beside a backup of this clinic (its name ends in .db.keys) to this place, under this name. Passwords and the recovery key of the time of that backup then open the clinic.</source>
        <translation>انسخ إلى هذا المكان وبهذا الاسم ملف المفاتيح الموجود بجانب نسخة احتياطية من هذه العيادة (ينتهي اسمه بـ ‎.db.keys). عندئذ تفتح العيادة كلمات المرور ومفتاح الاستعادة التي كانت سارية وقت تلك النسخة.</translation>
    </message>
    <message>
        <source>The file with the password is not text in UTF-8. Save it again with that encoding.</source>
        <translation>الملف الذي فيه كلمة المرور ليس نصًا بترميز UTF-8. احفظه مرة أخرى بهذا الترميز.</translation>
    </message>
    <message>
        <source>On that day the clocks are put forward: there is no %1. Choose an earlier time, or one from %2 on.</source>
        <translation>في ذلك اليوم تُقدَّم الساعة، فلا وجود للوقت %1. اختر وقتًا أبكر، أو وقتًا من %2 فصاعدًا.</translation>
    </message>
    <message numerus="yes">
        <source>%n appointment(s) or place(s) on the waiting list depend on this. Nothing was saved yet.</source>
        <translation>
            <numerusform>%n موعدًا أو مكانًا في قائمة الانتظار يعتمد على هذا. لم يُحفظ شيء بعد.</numerusform>
            <numerusform>موعد واحد أو مكان واحد في قائمة الانتظار يعتمد على هذا. لم يُحفظ شيء بعد.</numerusform>
            <numerusform>موعدان أو مكانان في قائمة الانتظار يعتمدان على هذا. لم يُحفظ شيء بعد.</numerusform>
            <numerusform>%n مواعيد أو أماكن في قائمة الانتظار تعتمد على هذا. لم يُحفظ شيء بعد.</numerusform>
            <numerusform>%n موعدًا أو مكانًا في قائمة الانتظار يعتمد على هذا. لم يُحفظ شيء بعد.</numerusform>
            <numerusform>%n موعدًا أو مكانًا في قائمة الانتظار يعتمد على هذا. لم يُحفظ شيء بعد.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong passwords or codes. Please wait %n second(s).</source>
        <translation>
            <numerusform>كلمات مرور أو رموز خاطئة كثيرة. يُرجى الانتظار %n ثانية.</numerusform>
            <numerusform>كلمات مرور أو رموز خاطئة كثيرة. يُرجى الانتظار ثانية واحدة.</numerusform>
            <numerusform>كلمات مرور أو رموز خاطئة كثيرة. يُرجى الانتظار ثانيتين.</numerusform>
            <numerusform>كلمات مرور أو رموز خاطئة كثيرة. يُرجى الانتظار %n ثوانٍ.</numerusform>
            <numerusform>كلمات مرور أو رموز خاطئة كثيرة. يُرجى الانتظار %n ثانية.</numerusform>
            <numerusform>كلمات مرور أو رموز خاطئة كثيرة. يُرجى الانتظار %n ثانية.</numerusform>
        </translation>
    </message>
    <message>
        <source>The log of the clinic&apos;s file is damaged: some of what was saved last cannot be read any more.</source>
        <translation>سجل ملف العيادة تالف: لم يعد من الممكن قراءة بعض ما حُفظ أخيرًا.</translation>
    </message>
    <message>
        <source>Nothing was changed. Start the program: it keeps both files first.</source>
        <translation>لم يتغير شيء. شغّل البرنامج: فهو يحفظ نسخة من الملفين أولًا.</translation>
    </message>
    <message>
        <source>The file and its log were kept as %1, for support. Start again to go on with what was saved before that, or restore the last good backup.</source>
        <translation>حُفظت نسخة من الملف وسجله باسم %1 للدعم الفني. شغّل البرنامج من جديد للمتابعة بما حُفظ قبل ذلك، أو استرجع آخر نسخة احتياطية سليمة.</translation>
    </message>
    <message>
        <source>This is too much to be saved at once. Please save it in smaller parts.</source>
        <translation>هذا أكثر مما يمكن حفظه دفعة واحدة. يرجى حفظه على أجزاء أصغر.</translation>
    </message>
    <message>
        <source>%1 is too large: at most %2 kB fit.</source>
        <translation>%1 أكبر مما يلزم: الحد الأقصى %2 كيلوبايت.</translation>
    </message>
    <message numerus="yes">
        <source>This code is about %n minute(s) old, or this PC&apos;s clock is fast by as much. Check the clock, then type a new code.</source>
        <translation>
            <numerusform>عمر هذا الرمز نحو %n دقيقة، أو أن ساعة هذا الحاسوب متقدمة بقدر ذلك. تحقق من الساعة، ثم اكتب رمزًا جديدًا.</numerusform>
            <numerusform>عمر هذا الرمز نحو دقيقة واحدة، أو أن ساعة هذا الحاسوب متقدمة بقدر ذلك. تحقق من الساعة، ثم اكتب رمزًا جديدًا.</numerusform>
            <numerusform>عمر هذا الرمز نحو دقيقتين، أو أن ساعة هذا الحاسوب متقدمة بقدر ذلك. تحقق من الساعة، ثم اكتب رمزًا جديدًا.</numerusform>
            <numerusform>عمر هذا الرمز نحو %n دقائق، أو أن ساعة هذا الحاسوب متقدمة بقدر ذلك. تحقق من الساعة، ثم اكتب رمزًا جديدًا.</numerusform>
            <numerusform>عمر هذا الرمز نحو %n دقيقة، أو أن ساعة هذا الحاسوب متقدمة بقدر ذلك. تحقق من الساعة، ثم اكتب رمزًا جديدًا.</numerusform>
            <numerusform>عمر هذا الرمز نحو %n دقيقة، أو أن ساعة هذا الحاسوب متقدمة بقدر ذلك. تحقق من الساعة، ثم اكتب رمزًا جديدًا.</numerusform>
        </translation>
    </message>
    <message>
        <source>This clinic uses another currency than this hospital (%1).</source>
        <translation>تستعمل هذه العيادة عملة غير عملة هذا المستشفى (%1).</translation>
    </message>
    <message>
        <source>A required field is empty.</source>
        <translation>هناك حقل مطلوب فارغ.</translation>
    </message>
    <message>
        <source>This number is already in the record of %1 (%2), and only one person has it: look at that record, or check the number.</source>
        <translation>هذا الرقم موجود في سجل %1 (%2)، ولا يخص إلا شخصًا واحدًا: انظر في ذلك السجل أو تحقق من الرقم.</translation>
    </message>
    <message>
        <source>This no longer exists, or has not reached this PC yet.</source>
        <translation>لم يعد هذا موجودًا، أو لم يصل إلى هذا الحاسوب بعد.</translation>
    </message>
    <message>
        <source>The date of death is before the date of birth. Please check both.</source>
        <translation>تاريخ الوفاة قبل تاريخ الميلاد. يرجى التحقق من التاريخين.</translation>
    </message>
    <message>
        <source>A password alone is not enough to approve here. Somebody with a second factor has to approve.</source>
        <translation>لا تكفي كلمة المرور وحدها للموافقة هنا. يجب أن يوافق من لديه عامل ثانٍ.</translation>
    </message>
    <message>
        <source>Nothing was done: please prove first that it is you.</source>
        <translation>لم يُنفَّذ شيء: أثبت أولًا أنك أنت.</translation>
    </message>
    <message>
        <source>Writing to the disk failed. Nothing was saved, and what you typed is still here. Check the disk, then try again.</source>
        <translation>فشلت الكتابة على القرص. لم يُحفظ شيء، وما كتبته لا يزال هنا. افحص القرص ثم حاول من جديد.</translation>
    </message>
    <message>
        <source>There must be at least one administrator. Make another person administrator first.</source>
        <translation>يجب أن يبقى مدير واحد على الأقل. اجعل شخصًا آخر مديرًا أولًا.</translation>
    </message>
    <message>
        <source>“%1” can be read as two amounts. Please type it like %2, without a thousands separator.</source>
        <translation>يمكن قراءة «%1» بمبلغين مختلفين. يُرجى كتابته هكذا: %2، بلا فاصل آلاف.</translation>
    </message>
    <message>
        <source>A file of that name is there already. Please choose another name or folder.</source>
        <translation>يوجد ملف بهذا الاسم بالفعل. اختر اسمًا أو مجلدًا آخر.</translation>
    </message>
    <message>
        <source>Writing to the disk failed, and the import has stopped. The rows before are saved. Check the disk, then import the list again.</source>
        <translation>فشلت الكتابة على القرص وتوقف الاستيراد. الصفوف السابقة محفوظة. افحص القرص، ثم استورد القائمة مرة أخرى.</translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation>%1 غير موجود.</translation>
    </message>
    <message>
        <source>%1 cannot be read. Check that it is there and that you may open it.</source>
        <translation>تتعذر قراءة %1. تحقق من وجوده ومن أن لك الحق في فتحه.</translation>
    </message>
    <message>
        <source>This PC is not connected to a server.</source>
        <translation>هذا الحاسوب غير متصل بخادم.</translation>
    </message>
    <message>
        <source>The file with the password is empty.</source>
        <translation>الملف الذي يحوي كلمة المرور فارغ.</translation>
    </message>
    <message>
        <source>The disk is full, and the import has stopped. The rows before that are saved. Make room, then import the list again.</source>
        <translation>القرص ممتلئ وتوقف الاستيراد. الصفوف السابقة محفوظة. أخلِ مساحة، ثم استورد القائمة مرة أخرى.</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>User name</source>
        <translation>اسم المستخدم</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>البريد الإلكتروني</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>كلمة المرور</translation>
    </message>
    <message>
        <source>Practitioner</source>
        <translation>الممارس</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>فعّال</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>الرمز</translation>
    </message>
    <message>
        <source>Inherits</source>
        <translation>يرث من</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>Permission</source>
        <translation>الصلاحية</translation>
    </message>
    <message>
        <source>Granted</source>
        <translation>ممنوحة</translation>
    </message>
    <message>
        <source>User</source>
        <translation>المستخدم</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>الغرفة</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>الجهاز</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>الخدمة</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>البداية</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>الدقائق</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Walk-in</source>
        <translation>بلا موعد مسبق</translation>
    </message>
    <message>
        <source>Reason for overbooking</source>
        <translation>سبب الحجز المزدوج</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>الموعد</translation>
    </message>
    <message>
        <source>Follows</source>
        <translation>يتبع</translation>
    </message>
    <message>
        <source>When</source>
        <translation>متى</translation>
    </message>
    <message>
        <source>Asked by</source>
        <translation>بطلب من</translation>
    </message>
    <message>
        <source>How</source>
        <translation>كيف</translation>
    </message>
    <message>
        <source>Amendment</source>
        <translation>تصحيح</translation>
    </message>
    <message>
        <source>Not before</source>
        <translation>ليس قبل</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <source>Entity</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>الصف</translation>
    </message>
    <message>
        <source>Invoice number</source>
        <translation>رقم الفاتورة</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>صدرت</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>العملة</translation>
    </message>
    <message>
        <source>Prices include tax</source>
        <translation>الأسعار شاملة الضريبة</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>الصافي</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>الضريبة</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>المجموع</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>فاتورة</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>الموضع</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>الكمية</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>السعر</translation>
    </message>
    <message>
        <source>Tax rate</source>
        <translation>نسبة الضريبة</translation>
    </message>
    <message>
        <source>Receipt number</source>
        <translation>رقم الإيصال</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>المبلغ</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>الطريقة</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>المرجع</translation>
    </message>
    <message>
        <source>Cash drawer</source>
        <translation>درج النقود</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>المدفوع</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>البند</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>وافق عليه</translation>
    </message>
    <message>
        <source>Credit note number</source>
        <translation>رقم الإشعار الدائن</translation>
    </message>
    <message>
        <source>Drawer</source>
        <translation>الدرج</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>فتحه</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>فُتح</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>الرصيد الافتتاحي</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>أُغلق</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>المتوقع</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>المعدود</translation>
    </message>
    <message>
        <source>Patient number</source>
        <translation>رقم المريض</translation>
    </message>
    <message>
        <source>Family name</source>
        <translation>اسم العائلة</translation>
    </message>
    <message>
        <source>Given name</source>
        <translation>الاسم الأول</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>الجنس</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>تاريخ الميلاد</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>ملاحظات</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>القيمة</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>التسمية</translation>
    </message>
    <message>
        <source>Relationship</source>
        <translation>صلة القرابة</translation>
    </message>
    <message>
        <source>Substance</source>
        <translation>المادة</translation>
    </message>
    <message>
        <source>Reaction</source>
        <translation>رد الفعل</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>الشدة</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>حالة مرضية</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>منذ</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>الصورة</translation>
    </message>
    <message>
        <source>Tax number</source>
        <translation>الرقم الضريبي</translation>
    </message>
    <message>
        <source>Footer of documents</source>
        <translation>تذييل المستندات</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>تجريبي</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>المنطقة الزمنية</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>السعة</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>اللقب</translation>
    </message>
    <message>
        <source>Licence number</source>
        <translation>رقم الترخيص</translation>
    </message>
    <message>
        <source>Speciality</source>
        <translation>التخصص</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>المورد</translation>
    </message>
    <message>
        <source>Weekday</source>
        <translation>يوم الأسبوع</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>List</source>
        <translation>القائمة</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>النطاق</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>المالك</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>المفتاح</translation>
    </message>
    <message>
        <source>Name of the hospital</source>
        <translation>اسم المستشفى</translation>
    </message>
    <message>
        <source>Name of the branch</source>
        <translation>اسم الفرع</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>معرّف</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>الحقل</translation>
    </message>
    <message>
        <source>Value that stands</source>
        <translation>القيمة السارية</translation>
    </message>
    <message>
        <source>Other value</source>
        <translation>القيمة الأخرى</translation>
    </message>
    <message>
        <source>Changed by</source>
        <translation>غيّره</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>الجهاز</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>تم البت</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>الإجراء</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>What was written</source>
        <translation>ما كُتب</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>المحتوى</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>العامل الثاني</translation>
    </message>
    <message>
        <source>Recovery codes</source>
        <translation>رموز الاسترداد</translation>
    </message>
    <message>
        <source>Second factor required</source>
        <translation>العامل الثاني مطلوب</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>مفتاح الاستعادة</translation>
    </message>
    <message>
        <source>Blocked from</source>
        <translation>محظور من</translation>
    </message>
    <message>
        <source>Blocked until</source>
        <translation>محظور حتى</translation>
    </message>
    <message>
        <source>Sessions ended</source>
        <translation>أُنهيت الجلسات</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>صالح من</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>صالح حتى</translation>
    </message>
    <message>
        <source>Reaches</source>
        <translation>يصل إلى</translation>
    </message>
    <message>
        <source>Only in the branch</source>
        <translation>في الفرع فقط</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>ينتهي</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>المراجعة</translation>
    </message>
    <message>
        <source>Reviewed by</source>
        <translation>راجعه</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>تمت المراجعة</translation>
    </message>
    <message>
        <source>Remark of the review</source>
        <translation>ملاحظة المراجعة</translation>
    </message>
    <message>
        <source>Anonymised</source>
        <translation>أُخفيت الهوية</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>يوافق</translation>
    </message>
    <message>
        <source>Said by</source>
        <translation>قاله</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>قيل</translation>
    </message>
</context>
<context>
    <name>GateWindow</name>
    <message>
        <source>&amp;User name or e-mail</source>
        <translation>ا&amp;سم المستخدم أو البريد الإلكتروني</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;كلمة المرور</translation>
    </message>
    <message>
        <source>Recovery &amp;key</source>
        <translation>مفتاح الا&amp;ستعادة</translation>
    </message>
    <message>
        <source>The letters and digits on the printed sheet</source>
        <translation>الحروف والأرقام على الورقة المطبوعة</translation>
    </message>
</context>
<context>
    <name>ImportText</name>
    <message>
        <source>A cell holds more than %1 characters; no list of people does.</source>
        <translation>في إحدى الخلايا أكثر من %1 حرف، وهذا لا يوجد في قائمة أشخاص.</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 صف</translation>
    </message>
    <message>
        <source>%1 columns</source>
        <translation>%1 عمود</translation>
    </message>
    <message>
        <source>%1 cells</source>
        <translation>%1 خلية</translation>
    </message>
    <message>
        <source>%1 MB unpacked</source>
        <translation>%1 ميغابايت بعد فك الضغط</translation>
    </message>
    <message>
        <source>%1 characters</source>
        <translation>%1 حرف</translation>
    </message>
    <message>
        <source>This list is larger than one import takes (at most %1). Divide it into several files.</source>
        <translation>هذه القائمة أكبر مما يقبله استيراد واحد (%1 على الأكثر). قسّمها إلى عدة ملفات.</translation>
    </message>
    <message>
        <source>%1 was kept under remarks</source>
        <translation>حُفظ %1 ضمن الملاحظات</translation>
    </message>
    <message>
        <source>name and birth date are those of %1 as well; both are registered now</source>
        <translation>الاسم وتاريخ الميلاد مطابقان لصاحب الرقم %1 أيضًا؛ وكلاهما مسجّل الآن</translation>
    </message>
    <message>
        <source>the identifier is that of %1, who has another name; it was kept under remarks</source>
        <translation>رقم الهوية يخص صاحب الرقم %1 واسمه مختلف؛ حُفظ الرقم ضمن الملاحظات</translation>
    </message>
    <message>
        <source>the row says something else in: %1</source>
        <translation>في الصف قيمة أخرى في: %1</translation>
    </message>
    <message>
        <source>more than 110 years old: is the birth date right?</source>
        <translation>العمر أكثر من 110 سنوات: هل تاريخ الميلاد صحيح؟</translation>
    </message>
    <message>
        <source>Reading this workbook takes too long. Save the list as CSV and import that.</source>
        <translation>تستغرق قراءة هذا المصنف وقتًا طويلًا جدًا. احفظ القائمة بصيغة CSV ثم استوردها.</translation>
    </message>
    <message>
        <source>This is neither a text file (CSV) nor an Excel workbook (XLSX). Open it in the program it comes from and save it as one of these.</source>
        <translation>هذا ليس ملفًا نصيًا (CSV) ولا مصنف إكسل (XLSX). افتحه في البرنامج الذي أنشأه واحفظه بإحدى هاتين الصيغتين.</translation>
    </message>
    <message>
        <source>This workbook is damaged, or no spreadsheet program wrote it. Open it in one and save it anew.</source>
        <translation>هذا المصنف تالف، أو لم يكتبه برنامج جداول. افتحه في برنامج جداول واحفظه من جديد.</translation>
    </message>
    <message>
        <source>Line %1 is longer than any row of a list, and was not read whole.</source>
        <translation>السطر %1 أطول من أي صف في قائمة، ولم يُقرأ كاملًا.</translation>
    </message>
    <message>
        <source>A quotation mark on line %1 is opened and not closed.</source>
        <translation>في السطر %1 علامة اقتباس مفتوحة لم تُغلق.</translation>
    </message>
    <message>
        <source>The row has %1 cells and the header %2: a separator stands in a text without quotation marks.</source>
        <translation>في الصف %1 خلية وفي صف العناوين %2: يوجد فاصل داخل نص بلا علامتي اقتباس.</translation>
    </message>
    <message>
        <source>Column %1 holds an error of the spreadsheet: %2</source>
        <translation>في العمود %1 خطأ من برنامج الجداول: %2</translation>
    </message>
    <message>
        <source>It is not certain whether the day or the month of the birth date comes first.</source>
        <translation>ليس مؤكدًا أيهما أولًا في تاريخ الميلاد: اليوم أم الشهر.</translation>
    </message>
    <message>
        <source>The year of birth may be %1 or %2.</source>
        <translation>قد تكون سنة الميلاد %1 أو %2.</translation>
    </message>
    <message>
        <source>It is not certain whether the day or the month comes first in: %1</source>
        <translation>ليس مؤكدًا أيهما أولًا، اليوم أم الشهر، في: %1</translation>
    </message>
    <message>
        <source>It is not certain which century is meant by: %1</source>
        <translation>ليس مؤكدًا أي قرن هو المقصود في: %1</translation>
    </message>
    <message>
        <source>Nothing was read: which columns hold the names and the birth date?</source>
        <translation>لم يُقرأ شيء: في أي الأعمدة الأسماء وتاريخ الميلاد؟</translation>
    </message>
    <message>
        <source>Nothing was read: which columns hold the names and the birth date? The columns found are: %1</source>
        <translation>لم يُقرأ شيء: في أي الأعمدة الأسماء وتاريخ الميلاد؟ الأعمدة الموجودة هي: %1</translation>
    </message>
    <message>
        <source>There is no column “%1”. The columns found are: %2</source>
        <translation>لا يوجد عمود باسم «%1». الأعمدة الموجودة هي: %2</translation>
    </message>
    <message>
        <source>A column cannot be “%1”. It can be: %2</source>
        <translation>لا يمكن أن يكون العمود «%1». الممكن هو: %2</translation>
    </message>
    <message>
        <source>registered already as %1</source>
        <translation>مسجّل من قبل بالرقم %1</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>العمود %1</translation>
    </message>
    <message>
        <source>Some letters can be read in more than one way. Read as %1, they look like this:
%2
Choose the reading in which the names look right.</source>
        <translation>يمكن قراءة بعض الأحرف بأكثر من طريقة. إذا قُرئت بترميز %1 فهي تبدو هكذا:
%2
اختر القراءة التي تظهر فيها الأسماء صحيحة.</translation>
    </message>
    <message>
        <source>It is not certain whether the given names or the family name come first in: %1</source>
        <translation>ليس مؤكدًا هل يأتي الاسم الأول أم اسم العائلة أولًا في: %1</translation>
    </message>
    <message>
        <source>It is not certain which sex is meant by the letters: %1</source>
        <translation>ليس مؤكدًا أي جنس تعنيه الأحرف: %1</translation>
    </message>
    <message>
        <source>not imported: the import ended before this row</source>
        <translation>لم يُستورد: انتهى الاستيراد قبل هذا الصف</translation>
    </message>
    <message>
        <source>Lines %1 to %2: not imported, the import ended before them</source>
        <translation>الأسطر من %1 إلى %2: لم تُستورد، انتهى الاستيراد قبلها</translation>
    </message>
    <message>
        <source>There is no character set “%1”. Known ones are %2 and more.</source>
        <translation>لا توجد مجموعة محارف باسم «%1». المعروف منها %2 وغيرها.</translation>
    </message>
    <message>
        <source>Column %1 has letters that cannot be read in this character set.</source>
        <translation>في العمود %1 أحرف لا يمكن قراءتها بمجموعة المحارف هذه.</translation>
    </message>
</context>
<context>
    <name>Intention</name>
    <message>
        <source>Set up a hospital</source>
        <translation>إعداد مستشفى</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>تسجيل الخروج</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>قفل</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>فتح القفل</translation>
    </message>
    <message>
        <source>Change the hospital</source>
        <translation>تغيير بيانات المستشفى</translation>
    </message>
    <message>
        <source>Change branches</source>
        <translation>تغيير الفروع</translation>
    </message>
    <message>
        <source>Change rooms and equipment</source>
        <translation>تغيير الغرف والأجهزة</translation>
    </message>
    <message>
        <source>Change practitioners</source>
        <translation>تغيير الممارسين</translation>
    </message>
    <message>
        <source>Change services and prices</source>
        <translation>تغيير الخدمات والأسعار</translation>
    </message>
    <message>
        <source>Change code lists</source>
        <translation>تغيير قوائم الرموز</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>تغيير الإعدادات</translation>
    </message>
    <message>
        <source>Change own preferences</source>
        <translation>تغيير التفضيلات الشخصية</translation>
    </message>
    <message>
        <source>Change availability and leave</source>
        <translation>تغيير أوقات العمل والإجازات</translation>
    </message>
    <message>
        <source>Change own availability and leave</source>
        <translation>تغيير أوقات عملي وإجازاتي</translation>
    </message>
    <message>
        <source>Change users</source>
        <translation>تغيير المستخدمين</translation>
    </message>
    <message>
        <source>Change roles</source>
        <translation>تغيير الأدوار</translation>
    </message>
    <message>
        <source>Set somebody&apos;s password</source>
        <translation>تعيين كلمة مرور لشخص</translation>
    </message>
    <message>
        <source>Change own password</source>
        <translation>تغيير كلمة المرور الشخصية</translation>
    </message>
    <message>
        <source>Register a patient</source>
        <translation>تسجيل مريض</translation>
    </message>
    <message>
        <source>Import patients</source>
        <translation>استيراد مرضى</translation>
    </message>
    <message>
        <source>Open a patient</source>
        <translation>فتح سجل مريض</translation>
    </message>
    <message>
        <source>Change a patient&apos;s details</source>
        <translation>تغيير بيانات مريض</translation>
    </message>
    <message>
        <source>Deactivate or reactivate a patient</source>
        <translation>إيقاف مريض أو إعادة تفعيله</translation>
    </message>
    <message>
        <source>Change contacts, identifiers and next of kin</source>
        <translation>تغيير جهات الاتصال والمعرّفات والأقارب</translation>
    </message>
    <message>
        <source>Change allergies and conditions</source>
        <translation>تغيير الحساسيات والحالات المرضية</translation>
    </message>
    <message>
        <source>Export patients</source>
        <translation>تصدير المرضى</translation>
    </message>
    <message>
        <source>Print a patient&apos;s history</source>
        <translation>طباعة تاريخ مريض</translation>
    </message>
    <message>
        <source>Book an appointment</source>
        <translation>حجز موعد</translation>
    </message>
    <message>
        <source>Move an appointment</source>
        <translation>نقل موعد</translation>
    </message>
    <message>
        <source>Change an appointment</source>
        <translation>تغيير موعد</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>تسجيل الوصول</translation>
    </message>
    <message>
        <source>Start a consultation</source>
        <translation>بدء معاينة</translation>
    </message>
    <message>
        <source>Complete a consultation</source>
        <translation>إنهاء معاينة</translation>
    </message>
    <message>
        <source>Cancel an appointment</source>
        <translation>إلغاء موعد</translation>
    </message>
    <message>
        <source>Mark a no-show</source>
        <translation>تسجيل عدم حضور</translation>
    </message>
    <message>
        <source>Undo the last step</source>
        <translation>التراجع عن الخطوة الأخيرة</translation>
    </message>
    <message>
        <source>Amend a closed appointment</source>
        <translation>تصحيح موعد مغلق</translation>
    </message>
    <message>
        <source>Change the waiting list</source>
        <translation>تغيير قائمة الانتظار</translation>
    </message>
    <message>
        <source>Print the day list</source>
        <translation>طباعة قائمة اليوم</translation>
    </message>
    <message>
        <source>Book at the kiosk</source>
        <translation>الحجز من الكشك</translation>
    </message>
    <message>
        <source>Cancel at the kiosk</source>
        <translation>الإلغاء من الكشك</translation>
    </message>
    <message>
        <source>Make or change a draft invoice</source>
        <translation>إنشاء مسودة فاتورة أو تغييرها</translation>
    </message>
    <message>
        <source>Issue an invoice</source>
        <translation>إصدار فاتورة</translation>
    </message>
    <message>
        <source>Take a payment</source>
        <translation>استلام دفعة</translation>
    </message>
    <message>
        <source>Refund a payment</source>
        <translation>رد دفعة</translation>
    </message>
    <message>
        <source>Issue a credit note</source>
        <translation>إصدار إشعار دائن</translation>
    </message>
    <message>
        <source>Open the cash drawer</source>
        <translation>فتح درج النقود</translation>
    </message>
    <message>
        <source>Close the cash drawer</source>
        <translation>إغلاق درج النقود</translation>
    </message>
    <message>
        <source>Print invoices and receipts</source>
        <translation>طباعة الفواتير والإيصالات</translation>
    </message>
    <message>
        <source>Look at the audit log</source>
        <translation>الاطلاع على سجل التدقيق</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>النسخ الاحتياطي</translation>
    </message>
    <message>
        <source>Restore or copy a database</source>
        <translation>استعادة قاعدة بيانات أو نسخها</translation>
    </message>
    <message>
        <source>Fill a demo file</source>
        <translation>ملء ملف تجريبي</translation>
    </message>
    <message>
        <source>Work in another branch</source>
        <translation>العمل في فرع آخر</translation>
    </message>
    <message>
        <source>Decide between two values</source>
        <translation>الاختيار بين قيمتين</translation>
    </message>
    <message>
        <source>Tick off what needed attention</source>
        <translation>إنهاء ما احتاج إلى انتباه</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>الاتصال بخادم</translation>
    </message>
    <message>
        <source>Accept or shut out PCs</source>
        <translation>قبول الأجهزة أو منعها</translation>
    </message>
    <message>
        <source>Change the server&apos;s addresses</source>
        <translation>تغيير عناوين الخادم</translation>
    </message>
    <message>
        <source>Exchange by file</source>
        <translation>التبادل بالملفات</translation>
    </message>
    <message>
        <source>Fetch a chart from other branches</source>
        <translation>جلب ملف مريض من الفروع الأخرى</translation>
    </message>
    <message>
        <source>Add a document</source>
        <translation>إضافة مستند</translation>
    </message>
    <message>
        <source>Change a document&apos;s title</source>
        <translation>تغيير عنوان مستند</translation>
    </message>
    <message>
        <source>Open a document</source>
        <translation>فتح مستند</translation>
    </message>
    <message>
        <source>Bring in another clinic</source>
        <translation>إدخال عيادة أخرى</translation>
    </message>
    <message>
        <source>Have places kept for a PC</source>
        <translation>حجز أماكن لحاسوب</translation>
    </message>
    <message>
        <source>Set up the own second factor</source>
        <translation>إعداد العامل الثاني الخاص</translation>
    </message>
    <message>
        <source>Remove the own second factor</source>
        <translation>إزالة العامل الثاني الخاص</translation>
    </message>
    <message>
        <source>Remove somebody&apos;s second factor</source>
        <translation>إزالة العامل الثاني لشخص ما</translation>
    </message>
    <message>
        <source>Make a new recovery key</source>
        <translation>إنشاء مفتاح استعادة جديد</translation>
    </message>
    <message>
        <source>Prove one&apos;s identity</source>
        <translation>إثبات الهوية</translation>
    </message>
    <message>
        <source>Sign out everywhere else</source>
        <translation>تسجيل الخروج من كل مكان آخر</translation>
    </message>
    <message>
        <source>Export the audit</source>
        <translation>تصدير سجل التدقيق</translation>
    </message>
    <message>
        <source>Export everything about a person</source>
        <translation>تصدير كل ما يخص شخصًا</translation>
    </message>
    <message>
        <source>Replace the hospital&apos;s key</source>
        <translation>استبدال مفتاح المستشفى</translation>
    </message>
    <message>
        <source>Open a record in an emergency</source>
        <translation>فتح سجل في حالة طارئة</translation>
    </message>
    <message>
        <source>Review what was opened in an emergency</source>
        <translation>مراجعة ما فُتح في حالة طارئة</translation>
    </message>
    <message>
        <source>Record a consent</source>
        <translation>تسجيل موافقة</translation>
    </message>
    <message>
        <source>Anonymise a patient</source>
        <translation>إخفاء هوية مريض</translation>
    </message>
    <message>
        <source>Give the clinic&apos;s file another key</source>
        <translation>إعطاء ملف العيادة مفتاحًا آخر</translation>
    </message>
</context>
<context>
    <name>KeptText</name>
    <message>
        <source>What was typed into this form before it was closed:</source>
        <translation>ما كُتب في هذا النموذج قبل إغلاقه:</translation>
    </message>
    <message>
        <source>Kept text</source>
        <translation>النص المحفوظ</translation>
    </message>
    <message>
        <source>&amp;Copy all</source>
        <translation>نسخ الكل</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message>
        <source>Cash</source>
        <translation>نقدًا</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>بطاقة</translation>
    </message>
    <message>
        <source>Bank transfer</source>
        <translation>تحويل مصرفي</translation>
    </message>
    <message>
        <source>Mobile money</source>
        <translation>محفظة الهاتف</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>محجوز</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>لم يحضر</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>ملغى</translation>
    </message>
    <message>
        <source>Checked in</source>
        <translation>وصل</translation>
    </message>
    <message>
        <source>In consultation</source>
        <translation>في المعاينة</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>مكتمل</translation>
    </message>
    <message>
        <source>National ID</source>
        <translation>الهوية الوطنية</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>جواز السفر</translation>
    </message>
    <message>
        <source>Medical-aid number</source>
        <translation>رقم التأمين الصحي</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>رقم آخر</translation>
    </message>
    <message>
        <source>Severity unknown</source>
        <translation>شدة غير معروفة</translation>
    </message>
    <message>
        <source>Mild</source>
        <translation>خفيفة</translation>
    </message>
    <message>
        <source>Moderate</source>
        <translation>متوسطة</translation>
    </message>
    <message>
        <source>Severe</source>
        <translation>شديدة</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>حوالي %1</translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>أقل من شهر</numerusform>
            <numerusform>شهر واحد</numerusform>
            <numerusform>شهران</numerusform>
            <numerusform>%n أشهر</numerusform>
            <numerusform>%n شهرًا</numerusform>
            <numerusform>%n شهر</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n y</source>
        <comment>age in years</comment>
        <translation>
            <numerusform>أقل من سنة</numerusform>
            <numerusform>سنة واحدة</numerusform>
            <numerusform>سنتان</numerusform>
            <numerusform>%n سنوات</numerusform>
            <numerusform>%n سنة</numerusform>
            <numerusform>%n سنة</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>مرفوض</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>يدويًا</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>تُرك دون استخدام</translation>
    </message>
    <message>
        <source>Program ended</source>
        <translation>انتهى البرنامج</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>نتيجة</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>رسالة</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>موافقة</translation>
    </message>
    <message>
        <source>Identity document</source>
        <translation>وثيقة هوية</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>صورة</translation>
    </message>
    <message>
        <source>Other document</source>
        <translation>مستند آخر</translation>
    </message>
    <message>
        <source>it was changed after it was written</source>
        <translation>غُيِّر بعد كتابته</translation>
    </message>
    <message>
        <source>an event that stood here was removed</source>
        <translation>أُزيل حدث كان هنا</translation>
    </message>
    <message>
        <source>it was put in later</source>
        <translation>أُدخل لاحقًا</translation>
    </message>
    <message>
        <source>it stands in the place of another one</source>
        <translation>يقف مكان حدث آخر</translation>
    </message>
    <message>
        <source>the end of the chain was cut off here</source>
        <translation>قُطعت نهاية السلسلة هنا</translation>
    </message>
    <message>
        <source>it is not the one the server has signed: the chain was made anew</source>
        <translation>ليس الحدث الذي وقّعه الخادم: صُنعت السلسلة من جديد</translation>
    </message>
    <message>
        <source>the server&apos;s signature is not its own</source>
        <translation>توقيع الخادم ليس توقيعه</translation>
    </message>
    <message>
        <source>The whole hospital</source>
        <translation>المستشفى كله</translation>
    </message>
    <message>
        <source>The branch one works in</source>
        <translation>الفرع الذي يُعمل فيه</translation>
    </message>
    <message>
        <source>Own patients, own calendar</source>
        <translation>مرضاه وتقويمه</translation>
    </message>
    <message>
        <source>The role was changed</source>
        <translation>تغير الدور</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>مسودة</translation>
    </message>
    <message>
        <source>Draft, left after %1</source>
        <translation>مسودة، بقيت بعد %1</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <comment>age</comment>
        <translation>
            <numerusform>أقل من يوم</numerusform>
            <numerusform>يوم واحد</numerusform>
            <numerusform>يومان</numerusform>
            <numerusform>%n أيام</numerusform>
            <numerusform>%n يومًا</numerusform>
            <numerusform>%n يوم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <comment>age</comment>
        <translation>
            <numerusform>أقل من أسبوع</numerusform>
            <numerusform>أسبوع واحد</numerusform>
            <numerusform>أسبوعان</numerusform>
            <numerusform>%n أسابيع</numerusform>
            <numerusform>%n أسبوعًا</numerusform>
            <numerusform>%n أسبوع</numerusform>
        </translation>
    </message>
    <message>
        <source>age not known</source>
        <translation>العمر غير معروف</translation>
    </message>
    <message>
        <source>sex not known</source>
        <translation>الجنس غير معروف</translation>
    </message>
    <message numerus="yes">
        <source>%n min over</source>
        <translation>
            <numerusform>تجاوز بـ %n دقيقة</numerusform>
            <numerusform>تجاوز بدقيقة</numerusform>
            <numerusform>تجاوز بدقيقتين</numerusform>
            <numerusform>تجاوز بـ %n دقائق</numerusform>
            <numerusform>تجاوز بـ %n دقيقة</numerusform>
            <numerusform>تجاوز بـ %n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>patient deactivated</source>
        <translation>سجل المريض معطَّل</translation>
    </message>
    <message>
        <source>no longer in use</source>
        <translation>لم يعد مستخدمًا</translation>
    </message>
    <message>
        <source>died</source>
        <translation>متوفى</translation>
    </message>
    <message>
        <source>died on %1</source>
        <translation>توفي في %1</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>&amp;User name or e-mail</source>
        <translation>اسم المستخدم أو البريد</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>كلمة المرور</translation>
    </message>
    <message>
        <source>&amp;Branch</source>
        <translation>الفرع</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>Sign in as somebody else</source>
        <translation>الدخول باسم شخص آخر</translation>
    </message>
    <message>
        <source>&amp;Code of the second factor</source>
        <translation>رمز العامل الثاني</translation>
    </message>
    <message>
        <source>Six digits from the app, or a code on paper</source>
        <translation>ستة أرقام من التطبيق، أو رمز ورقي</translation>
    </message>
</context>
<context>
    <name>Permission</name>
    <message>
        <source>See patients</source>
        <translation>الاطلاع على المرضى</translation>
    </message>
    <message>
        <source>Register patients</source>
        <translation>تسجيل المرضى</translation>
    </message>
    <message>
        <source>Change patients&apos; details</source>
        <translation>تغيير بيانات المرضى</translation>
    </message>
    <message>
        <source>Change allergies and conditions</source>
        <translation>تغيير الحساسيات والحالات المرضية</translation>
    </message>
    <message>
        <source>Deactivate and reactivate patients</source>
        <translation>إيقاف المرضى وإعادة تفعيلهم</translation>
    </message>
    <message>
        <source>Import patients</source>
        <translation>استيراد مرضى</translation>
    </message>
    <message>
        <source>Export patients</source>
        <translation>تصدير المرضى</translation>
    </message>
    <message>
        <source>See appointments</source>
        <translation>الاطلاع على المواعيد</translation>
    </message>
    <message>
        <source>See appointments of all branches</source>
        <translation>الاطلاع على مواعيد كل الفروع</translation>
    </message>
    <message>
        <source>Book, move and change appointments</source>
        <translation>حجز المواعيد ونقلها وتغييرها</translation>
    </message>
    <message>
        <source>Book on top of another appointment</source>
        <translation>الحجز فوق موعد آخر</translation>
    </message>
    <message>
        <source>Check patients in</source>
        <translation>تسجيل وصول المرضى</translation>
    </message>
    <message>
        <source>Cancel appointments and mark no-shows</source>
        <translation>إلغاء المواعيد وتسجيل عدم الحضور</translation>
    </message>
    <message>
        <source>Start and complete consultations</source>
        <translation>بدء المعاينات وإنهاؤها</translation>
    </message>
    <message>
        <source>Amend closed appointments</source>
        <translation>تصحيح المواعيد المغلقة</translation>
    </message>
    <message>
        <source>Own appointments at the kiosk</source>
        <translation>مواعيدي في الكشك</translation>
    </message>
    <message>
        <source>Change availability and leave</source>
        <translation>تغيير أوقات العمل والإجازات</translation>
    </message>
    <message>
        <source>Change own availability and leave</source>
        <translation>تغيير أوقات عملي وإجازاتي</translation>
    </message>
    <message>
        <source>See invoices and payments</source>
        <translation>الاطلاع على الفواتير والمدفوعات</translation>
    </message>
    <message>
        <source>Make and issue invoices</source>
        <translation>إنشاء الفواتير وإصدارها</translation>
    </message>
    <message>
        <source>Take payments</source>
        <translation>استلام المدفوعات</translation>
    </message>
    <message>
        <source>Refund payments</source>
        <translation>رد المدفوعات</translation>
    </message>
    <message>
        <source>Approve refunds and credit notes</source>
        <translation>الموافقة على الردود والإشعارات الدائنة</translation>
    </message>
    <message>
        <source>Issue credit notes</source>
        <translation>إصدار الإشعارات الدائنة</translation>
    </message>
    <message>
        <source>Open and close the cash drawer</source>
        <translation>فتح درج النقود وإغلاقه</translation>
    </message>
    <message>
        <source>See set-up data</source>
        <translation>الاطلاع على بيانات الإعداد</translation>
    </message>
    <message>
        <source>Change set-up data</source>
        <translation>تغيير بيانات الإعداد</translation>
    </message>
    <message>
        <source>See users and roles</source>
        <translation>الاطلاع على المستخدمين والأدوار</translation>
    </message>
    <message>
        <source>Change users and roles</source>
        <translation>تغيير المستخدمين والأدوار</translation>
    </message>
    <message>
        <source>Change settings of the hospital</source>
        <translation>تغيير إعدادات المستشفى</translation>
    </message>
    <message>
        <source>See the audit log</source>
        <translation>الاطلاع على سجل التدقيق</translation>
    </message>
    <message>
        <source>Back up and verify</source>
        <translation>النسخ الاحتياطي والتحقق</translation>
    </message>
    <message>
        <source>Restore and copy databases</source>
        <translation>استعادة قواعد البيانات ونسخها</translation>
    </message>
    <message>
        <source>Own password and preferences</source>
        <translation>كلمة المرور والتفضيلات الشخصية</translation>
    </message>
    <message>
        <source>Anonymise patients and apply retention rules</source>
        <translation>إخفاء هوية المرضى وتطبيق قواعد الاحتفاظ</translation>
    </message>
    <message>
        <source>Open records outside of what the role reaches, in an emergency</source>
        <translation>فتح سجلات خارج ما يصل إليه الدور في حالة طارئة</translation>
    </message>
    <message>
        <source>Review what was opened in an emergency</source>
        <translation>مراجعة ما فُتح في حالة طارئة</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>Continue</source>
        <translation>متابعة</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Super admin</source>
        <translation>مدير عام</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>مدير</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>مطّلع</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>طبيب</translation>
    </message>
    <message>
        <source>Nurse</source>
        <translation>ممرض</translation>
    </message>
    <message>
        <source>Clerk</source>
        <translation>موظف استقبال</translation>
    </message>
    <message>
        <source>Social worker</source>
        <translation>أخصائي اجتماعي</translation>
    </message>
    <message>
        <source>Inventory manager</source>
        <translation>أمين المخزون</translation>
    </message>
    <message>
        <source>Finance</source>
        <translation>المالية</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Doctor, own patients</source>
        <translation>طبيب، مرضاه فقط</translation>
    </message>
    <message>
        <source>A doctor who sees the people he treats and his own calendar</source>
        <translation>طبيب يرى من يعالجهم وتقويمه</translation>
    </message>
    <message>
        <source>Visiting doctor</source>
        <translation>طبيب زائر</translation>
    </message>
    <message>
        <source>Treats own patients, books nobody and changes no closed appointment</source>
        <translation>يعالج مرضاه، ولا يحجز لأحد ولا يغير موعدًا منتهيًا</translation>
    </message>
    <message>
        <source>Reception of one branch</source>
        <translation>استقبال فرع واحد</translation>
    </message>
    <message>
        <source>A clerk who sees the people and the calendar of the branch</source>
        <translation>موظف يرى أشخاص الفرع وتقويمه</translation>
    </message>
    <message>
        <source>Nurse of one branch</source>
        <translation>ممرض فرع واحد</translation>
    </message>
    <message>
        <source>A nurse who sees the people and the calendar of the branch</source>
        <translation>ممرض يرى أشخاص الفرع وتقويمه</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>أمين الصندوق</translation>
    </message>
    <message>
        <source>Takes payments and counts the drawer, sees no calendar</source>
        <translation>يستلم المدفوعات ويعد الصندوق، ولا يرى التقويم</translation>
    </message>
    <message>
        <source>Trainee</source>
        <translation>متدرب</translation>
    </message>
    <message>
        <source>Looks at own patients and changes nothing</source>
        <translation>يطلع على مرضاه ولا يغير شيئًا</translation>
    </message>
    <message>
        <source>Medical records</source>
        <translation>السجلات الطبية</translation>
    </message>
    <message>
        <source>Keeps the register of patients: details, documents, imports, exports</source>
        <translation>يتولى سجل المرضى: البيانات والمستندات والاستيراد والتصدير</translation>
    </message>
    <message>
        <source>Data protection officer</source>
        <translation>مسؤول حماية البيانات</translation>
    </message>
    <message>
        <source>Looks at the audit, reviews emergencies, exports and anonymises people</source>
        <translation>يطلع على سجل التدقيق ويراجع الحالات الطارئة ويصدّر بيانات الأشخاص ويخفي هويتهم</translation>
    </message>
</context>
<context>
    <name>Setting</name>
    <message>
        <source>Lock after minutes without use</source>
        <translation>القفل بعد دقائق بلا استخدام</translation>
    </message>
    <message>
        <source>Minutes of a new appointment</source>
        <translation>دقائق الموعد الجديد</translation>
    </message>
    <message>
        <source>First hour of the calendar</source>
        <translation>أول ساعة في التقويم</translation>
    </message>
    <message>
        <source>Last hour of the calendar</source>
        <translation>آخر ساعة في التقويم</translation>
    </message>
    <message>
        <source>Size of text in percent</source>
        <translation>حجم النص بالنسبة المئوية</translation>
    </message>
    <message>
        <source>Second place for daily backups</source>
        <translation>مكان ثانٍ للنسخ الاحتياطية اليومية</translation>
    </message>
    <message>
        <source>Daily backups kept</source>
        <translation>عدد النسخ اليومية المحفوظة</translation>
    </message>
    <message>
        <source>Last filter of the calendar</source>
        <translation>آخر مرشّح للتقويم</translation>
    </message>
    <message>
        <source>Refunds need a second person&apos;s approval</source>
        <translation>ردّ المبالغ يحتاج إلى موافقة شخص ثانٍ</translation>
    </message>
    <message>
        <source>Paper of documents</source>
        <translation>ورق المستندات</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Columns of lists</source>
        <translation>أعمدة القوائم</translation>
    </message>
    <message>
        <source>Documents kept on each PC, megabytes</source>
        <translation>المستندات المحفوظة على كل حاسوب، بالميغابايت</translation>
    </message>
    <message>
        <source>Sign in completely after hours</source>
        <translation>تسجيل دخول كامل بعد ساعات</translation>
    </message>
    <message>
        <source>Days without the server until only administrators may sign in; 0 = any</source>
        <translation>أيام دون الخادم قبل أن يقتصر الدخول على المديرين؛ 0 = أي عدد</translation>
    </message>
    <message>
        <source>Refunds, roles, exports: the own password is proof enough without a second factor</source>
        <translation>الاسترداد والأدوار والتصدير: كلمة المرور إثبات كافٍ لمن ليس له عامل ثانٍ</translation>
    </message>
    <message>
        <source>Minutes a record opened in an emergency stays open</source>
        <translation>عدد الدقائق التي يبقى فيها السجل المفتوح في حالة طارئة مفتوحًا</translation>
    </message>
    <message>
        <source>Years without a visit until a patient is archived; 0 = never</source>
        <translation>سنوات بلا زيارة حتى يؤرشف المريض؛ 0 = أبدًا</translation>
    </message>
    <message>
        <source>Years without a visit until a patient is anonymised; 0 = never</source>
        <translation>سنوات بلا زيارة حتى تُخفى هوية المريض؛ 0 = أبدًا</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Undone: %1 again.</source>
        <translation>جرى التراجع: الحالة من جديد %1.</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>تسجيل الوصول</translation>
    </message>
    <message>
        <source>Start consultation</source>
        <translation>بدء المعاينة</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>إنهاء</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>لم يحضر</translation>
    </message>
    <message>
        <source>Cancel appointment</source>
        <translation>إلغاء الموعد</translation>
    </message>
    <message>
        <source>The patient, by telephone</source>
        <translation>المريض، بالهاتف</translation>
    </message>
    <message>
        <source>The patient, in person</source>
        <translation>المريض، شخصيًا</translation>
    </message>
    <message>
        <source>The patient, by message</source>
        <translation>المريض، برسالة</translation>
    </message>
    <message>
        <source>A relative, by telephone</source>
        <translation>قريب، بالهاتف</translation>
    </message>
    <message>
        <source>The clinic</source>
        <translation>العيادة</translation>
    </message>
    <message>
        <source>Cancel this appointment</source>
        <translation>إلغاء هذا الموعد</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>لماذا؟</translation>
    </message>
    <message>
        <source>Who asked, and how?</source>
        <translation>من طلب ذلك، وكيف؟</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>%1 (second time)</source>
        <translation>%1 (المرة الثانية)</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>This needs the permission “%1”. It comes with these roles: %2. An administrator can give it to you.</source>
        <translation>هذا يحتاج إلى الصلاحية «%1». وهي تأتي مع هذه الأدوار: %2. يستطيع مدير أن يمنحك إياها.</translation>
    </message>
</context>
<context>
    <name>clinic::app::Application</name>
    <message>
        <source>ClinicDesk ended unexpectedly last time. What was saved is safe, and what was being typed waits on Today. A report without anybody&apos;s data is in %1.</source>
        <translation>توقف ClinicDesk فجأة في المرة الماضية. ما حُفظ سليم، وما كان يُكتب ينتظرك في شاشة اليوم. يوجد تقرير بلا بيانات أي شخص في %1.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::AccountPage</name>
    <message>
        <source>My account</source>
        <translation>حسابي</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>الداخل الآن</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Role: %1</source>
        <translation>الدور: %1</translation>
    </message>
    <message>
        <source>Branch: %1</source>
        <translation>الفرع: %1</translation>
    </message>
    <message>
        <source>You may:</source>
        <translation>يحق لك:</translation>
    </message>
    <message>
        <source>Own permissions</source>
        <translation>صلاحياتي</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>مثل النظام</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>تباين عالٍ</translation>
    </message>
    <message>
        <source>Size of te&amp;xt</source>
        <translation>حجم النص</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>تغيير كلمة المرور</translation>
    </message>
    <message>
        <source>&amp;Present password</source>
        <translation>كلمة المرور الحالية</translation>
    </message>
    <message>
        <source>&amp;New password</source>
        <translation>كلمة المرور الجديدة</translation>
    </message>
    <message>
        <source>At least 8 characters; three words in a row are good</source>
        <translation>8 أحرف على الأقل؛ ثلاث كلمات متتالية اختيار جيد</translation>
    </message>
    <message>
        <source>New password &amp;again</source>
        <translation>كلمة المرور الجديدة مرة أخرى</translation>
    </message>
    <message>
        <source>Password changed.</source>
        <translation>تغيّرت كلمة المرور.</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>العامل الثاني</translation>
    </message>
    <message>
        <source>Set it up …</source>
        <translation>إعداده …</translation>
    </message>
    <message>
        <source>New codes on paper …</source>
        <translation>رموز ورقية جديدة …</translation>
    </message>
    <message>
        <source>Switch it off …</source>
        <translation>إيقافه …</translation>
    </message>
    <message>
        <source>On: signing in asks for a code of your authenticator app. Codes on paper left: %1.</source>
        <translation>مفعّل: يطلب تسجيل الدخول رمزًا من تطبيق المصادقة. الرموز الورقية المتبقية: %1.</translation>
    </message>
    <message>
        <source>Off: your password alone lets you in. With a second factor signing in also asks for a code that your telephone shows.</source>
        <translation>متوقف: كلمة المرور وحدها تكفي للدخول. مع العامل الثاني يطلب تسجيل الدخول أيضًا رمزًا يعرضه هاتفك.</translation>
    </message>
    <message>
        <source>Your role needs a second factor. Until it is set up, nothing else can be done with this account.</source>
        <translation>دورك يتطلب عاملًا ثانيًا. لا يمكن فعل أي شيء آخر بهذا الحساب قبل إعداده.</translation>
    </message>
    <message>
        <source>Ends your sessions on all other PCs: at once where the server can be reached, elsewhere with the next contact. Changing your password does the same.</source>
        <translation>ينهي جلساتك على كل الحواسيب الأخرى: فورًا حيث يمكن الوصول إلى الخادم، وفي غيرها عند الاتصال التالي. تغيير كلمة المرور يفعل الشيء نفسه.</translation>
    </message>
    <message>
        <source>Sign out everywhere else</source>
        <translation>تسجيل الخروج من كل مكان آخر</translation>
    </message>
    <message>
        <source>Your other sessions end.</source>
        <translation>تنتهي جلساتك الأخرى.</translation>
    </message>
    <message>
        <source>Where you work</source>
        <translation>أين تعمل</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>الحاسوب</translation>
    </message>
    <message>
        <source>%1 (this PC)</source>
        <translation>%1 (هذا الجهاز)</translation>
    </message>
    <message>
        <source>System</source>
        <translation>النظام</translation>
    </message>
    <message>
        <source>You worked there</source>
        <translation>عملت عليه</translation>
    </message>
    <message>
        <source>PCs on which you work</source>
        <translation>الأجهزة التي تعمل عليها</translation>
    </message>
</context>
<context>
    <name>clinic::gui::AppointmentDialog</name>
    <message>
        <source>Appointment</source>
        <translation>الموعد</translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>الحالة: %1</translation>
    </message>
    <message>
        <source>Booked on top of another: %1</source>
        <translation>محجوز فوق موعد آخر: %1</translation>
    </message>
    <message>
        <source>Change or move</source>
        <translation>تغيير أو نقل</translation>
    </message>
    <message>
        <source>Invoice and payment</source>
        <translation>الفاتورة والدفع</translation>
    </message>
    <message>
        <source>Make invoice</source>
        <translation>إنشاء فاتورة</translation>
    </message>
    <message>
        <source>Open the patient</source>
        <translation>فتح سجل المريض</translation>
    </message>
    <message>
        <source>Amend</source>
        <translation>تصحيح</translation>
    </message>
    <message>
        <source>Amend this appointment</source>
        <translation>تصحيح هذا الموعد</translation>
    </message>
    <message>
        <source>What has to be corrected?</source>
        <translation>ما الذي يجب تصحيحه؟</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>ما الذي حدث</translation>
    </message>
    <message>
        <source>  (undone)</source>
        <translation>  (جرى التراجع)</translation>
    </message>
    <message>
        <source>Amended %1: %2</source>
        <translation>صُحّح في %1: %2</translation>
    </message>
</context>
<context>
    <name>clinic::gui::AttentionPage</name>
    <message>
        <source>This PC is connected. Its data is on its way to the server.</source>
        <translation>هذا الجهاز متصل. بياناته في طريقها إلى الخادم.</translation>
    </message>
    <message>
        <source>Code for another PC</source>
        <translation>رمز لجهاز آخر</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>الخادم</translation>
    </message>
    <message>
        <source>&amp;Exchange now</source>
        <translation>تبادل الآن</translation>
    </message>
    <message>
        <source>Work &amp;offline</source>
        <translation>العمل دون اتصال</translation>
    </message>
    <message>
        <source>Co&amp;nnect to a server …</source>
        <translation>الاتصال بخادم …</translation>
    </message>
    <message>
        <source>Code for another &amp;PC …</source>
        <translation>رمز لجهاز آخر …</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>لمن</translation>
    </message>
    <message>
        <source>What</source>
        <translation>ماذا</translation>
    </message>
    <message>
        <source>Stands now</source>
        <translation>السارية الآن</translation>
    </message>
    <message>
        <source>Also entered</source>
        <translation>أُدخلت أيضًا</translation>
    </message>
    <message>
        <source>By</source>
        <translation>بواسطة</translation>
    </message>
    <message>
        <source>When</source>
        <translation>متى</translation>
    </message>
    <message>
        <source>Two values for one field</source>
        <translation>قيمتان لحقل واحد</translation>
    </message>
    <message>
        <source>Nobody has entered two values for one field.</source>
        <translation>لم يُدخل أحد قيمتين لحقل واحد.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>ما حدث</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>الإجراء</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Not accepted, kept aside or to look at</source>
        <translation>لم يُقبل أو حُفظ جانبًا أو يحتاج إلى نظر</translation>
    </message>
    <message>
        <source>The server has accepted everything.</source>
        <translation>قبل الخادم كل شيء.</translation>
    </message>
    <message>
        <source>&amp;Keep what stands</source>
        <translation>إبقاء السارية</translation>
    </message>
    <message>
        <source>&amp;Take the other</source>
        <translation>أخذ الأخرى</translation>
    </message>
    <message>
        <source>Open p&amp;atient</source>
        <translation>فتح ملف المريض</translation>
    </message>
    <message>
        <source>&amp;Book another time …</source>
        <translation>حجز وقت آخر …</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>A demo clinic never connects.</source>
        <translation>العيادة التجريبية لا تتصل أبدًا.</translation>
    </message>
    <message>
        <source>last answer %1</source>
        <translation>آخر إجابة %1</translation>
    </message>
    <message numerus="yes">
        <source>next try in %n second(s)</source>
        <translation>
            <numerusform>المحاولة التالية الآن</numerusform>
            <numerusform>المحاولة التالية بعد ثانية واحدة</numerusform>
            <numerusform>المحاولة التالية بعد ثانيتين</numerusform>
            <numerusform>المحاولة التالية بعد %n ثوانٍ</numerusform>
            <numerusform>المحاولة التالية بعد %n ثانية</numerusform>
            <numerusform>المحاولة التالية بعد %n ثانية</numerusform>
        </translation>
    </message>
    <message>
        <source>Work &amp;online</source>
        <translation>العمل مع الاتصال</translation>
    </message>
    <message>
        <source>%1 is now “%2”.</source>
        <translation>أصبح %1 الآن «%2».</translation>
    </message>
    <message>
        <source>%1 stays “%2”.</source>
        <translation>يبقى %1 «%2».</translation>
    </message>
    <message>
        <source>Seen to.</source>
        <translation>تمت معالجته.</translation>
    </message>
    <message>
        <source>Free instead:</source>
        <translation>متاح بدلًا منه:</translation>
    </message>
    <message>
        <source>Enter a &amp;new code …</source>
        <translation>إدخال رمز جديد …</translation>
    </message>
    <message>
        <source>this PC&apos;s clock says %1 when the server&apos;s says %2</source>
        <translation>ساعة هذا الجهاز %1 بينما ساعة الخادم %2</translation>
    </message>
    <message>
        <source>PCs of the &amp;hospital …</source>
        <translation>أجهزة المستشفى …</translation>
    </message>
    <message>
        <source>&amp;What was exchanged …</source>
        <translation>ما جرى تبادله …</translation>
    </message>
    <message>
        <source>&amp;Addresses …</source>
        <translation>العناوين …</translation>
    </message>
    <message>
        <source>The next exchange goes there.</source>
        <translation>سيتجه التبادل التالي إلى هناك.</translation>
    </message>
    <message>
        <source>By &amp;file …</source>
        <translation>بملف …</translation>
    </message>
    <message>
        <source>this file&apos;s audit events are others than the server&apos;s from number %1 on: an older copy was put back, or they were changed</source>
        <translation>أحداث التدقيق في هذا الملف تختلف عما لدى الخادم من الرقم %1: أُعيدت نسخة أقدم أو جرى تغييرها</translation>
    </message>
    <message>
        <source>What is the other PC to keep? A PC that leaves the house should have no more than it needs. It can be changed later under “PCs of the hospital”.</source>
        <translation>بماذا يحتفظ الحاسوب الآخر؟ ينبغي ألا يكون على حاسوب يغادر المبنى أكثر مما يلزمه. يمكن تغيير ذلك لاحقًا ضمن «حواسيب المستشفى».</translation>
    </message>
    <message>
        <source>Make the &amp;code</source>
        <translation>إنشاء الرمز</translation>
    </message>
    <message numerus="yes">
        <source>%n other value(s) for it are settled with that.</source>
        <translation>
            <numerusform>لا قيم أخرى له حُسمت بذلك.</numerusform>
            <numerusform>حُسمت بذلك قيمة أخرى واحدة له.</numerusform>
            <numerusform>حُسمت بذلك قيمتان أخريان له.</numerusform>
            <numerusform>حُسمت بذلك %n قيم أخرى له.</numerusform>
            <numerusform>حُسمت بذلك %n قيمة أخرى له.</numerusform>
            <numerusform>حُسمت بذلك %n قيمة أخرى له.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Bring in another clinic …</source>
        <translation>إدخال عيادة أخرى …</translation>
    </message>
    <message>
        <source>The other clinic&apos;s file</source>
        <translation>ملف العيادة الأخرى</translation>
    </message>
    <message>
        <source>Clinic files (*.db);;All files (*)</source>
        <translation>ملفات العيادات (*.db);;كل الملفات (*)</translation>
    </message>
    <message>
        <source>Without the net&amp;work …</source>
        <translation>بدون شبكة …</translation>
    </message>
    <message>
        <source>How much of everything is here</source>
        <translation>مقدار ما وصل من كل شيء</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>لم يُرسل بعد</translation>
    </message>
</context>
<context>
    <name>clinic::gui::AuditList</name>
    <message>
        <source>Only what was &amp;refused or failed</source>
        <translation>المرفوض أو الفاشل فقط</translation>
    </message>
    <message>
        <source>When</source>
        <translation>متى</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>What</source>
        <translation>ماذا</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>النتيجة</translation>
    </message>
    <message>
        <source>On</source>
        <translation>على</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>سجل التدقيق</translation>
    </message>
    <message>
        <source>Nothing recorded for this choice.</source>
        <translation>لا شيء مسجل لهذا الاختيار.</translation>
    </message>
    <message>
        <source>Nobody has opened, changed or printed this record on this PC in these days.</source>
        <translation>لم يفتح أحد هذا السجل أو يغيّره أو يطبعه على هذا الحاسوب في هذه الأيام.</translation>
    </message>
    <message>
        <source>Whose events</source>
        <translation>أحداث من</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>Which events</source>
        <translation>أي أحداث</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>كل شيء</translation>
    </message>
    <message>
        <source>&amp;Earlier events</source>
        <translation>أحداث أقدم</translation>
    </message>
    <message>
        <source>Save as &amp;CSV …</source>
        <translation>حفظ كملف CSV …</translation>
    </message>
    <message>
        <source>Choose an event to see it in full. These are the events of this PC; what was done on others is kept there and by the server.</source>
        <translation>اختر حدثًا لرؤيته كاملًا. هذه أحداث هذا الحاسوب؛ أما ما جرى على غيره فمحفوظ هناك وعلى الخادم.</translation>
    </message>
    <message>
        <source>Nothing was changed by it.</source>
        <translation>لم يغيّر شيئًا.</translation>
    </message>
    <message>
        <source>Save events</source>
        <translation>حفظ الأحداث</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>On &amp;all PCs (asks the server)</source>
        <translation>على كل الحواسيب (يُسأل الخادم)</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>الحاسوب</translation>
    </message>
    <message>
        <source>%1 · event %2 of %5 · ClinicDesk %3 · %4 in the operating system</source>
        <translation>%1 · الحدث %2 على %5 · ClinicDesk %3 · %4 في نظام التشغيل</translation>
    </message>
    <message>
        <source>this PC</source>
        <translation>هذا الحاسوب</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>هذا الحاسوب</translation>
    </message>
    <message>
        <source>Choose an event to see it in full. These are the newest events that the server has of all PCs, 500 at most; what is still on its way to it is not among them.</source>
        <translation>اختر حدثًا لرؤيته كاملًا. هذه أحدث ما لدى الخادم من أحداث كل الحواسيب، 500 على الأكثر؛ وما زال في طريقه إليه ليس منها.</translation>
    </message>
    <message>
        <source>Nothing about this record in these days has reached the server.</source>
        <translation>لم يصل إلى الخادم شيء عن هذا السجل في هذه الأيام.</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) saved, with a signature beside them.</source>
        <translation>
            <numerusform>لم يُحفظ أي حدث.</numerusform>
            <numerusform>حُفظ حدث واحد وبجانبه توقيع.</numerusform>
            <numerusform>حُفظ حدثان وبجانبهما توقيع.</numerusform>
            <numerusform>حُفظت %n أحداث وبجانبها توقيع.</numerusform>
            <numerusform>حُفظ %n حدثًا وبجانبها توقيع.</numerusform>
            <numerusform>حُفظ %n حدث وبجانبها توقيع.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::AuditPage</name>
    <message>
        <source>Who</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>التدقيق</translation>
    </message>
    <message>
        <source>Nobody signed in</source>
        <translation>لا أحد مسجل الدخول</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>اطّلع</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>التغيير</translation>
    </message>
    <message>
        <source>Printed or taken out</source>
        <translation>طُبع أو أُخرج</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>مرفوض</translation>
    </message>
    <message>
        <source>By person and day</source>
        <translation>حسب الشخص واليوم</translation>
    </message>
    <message>
        <source>Nothing recorded in these days.</source>
        <translation>لا شيء مسجل في هذه الأيام.</translation>
    </message>
    <message>
        <source>Parts of the audit</source>
        <translation>أجزاء التدقيق</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>الأحداث</translation>
    </message>
    <message>
        <source>C&amp;heck the chain</source>
        <translation>&amp;فحص السلسلة</translation>
    </message>
    <message>
        <source>Whether anybody changed, removed or added events of this PC behind the program&apos;s back</source>
        <translation>هل غيّر أحد أحداث هذا الحاسوب أو أزالها أو أضاف إليها من وراء البرنامج</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>جارٍ الفحص …</translation>
    </message>
    <message>
        <source>Event %1: %2</source>
        <translation>الحدث %1: %2</translation>
    </message>
    <message>
        <source>Whole here; from event %1 on a copy of this file told the server something else.</source>
        <translation>سليمة هنا؛ ابتداءً من الحدث %1 أخبرت نسخة من هذا الملف الخادم بغير ذلك.</translation>
    </message>
    <message>
        <source>All %1 events are as they were written; the server vouches for %2 of them.</source>
        <translation>كل الأحداث (%1) كما كُتبت؛ ويشهد الخادم على %2 منها.</translation>
    </message>
    <message>
        <source>All %1 events are as they were written.</source>
        <translation>كل الأحداث (%1) كما كُتبت.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::BillingPage</name>
    <message>
        <source>Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>المجموع</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>المدفوع</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>المطلوب دفعه</translation>
    </message>
    <message>
        <source>Invoices</source>
        <translation>الفواتير</translation>
    </message>
    <message>
        <source>Unpaid and drafts</source>
        <translation>غير المدفوعة والمسودات</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>آخر 30 يومًا</translation>
    </message>
    <message>
        <source>All</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>Which invoices</source>
        <translation>أي الفواتير</translation>
    </message>
    <message>
        <source>Billing</source>
        <translation>الفوترة</translation>
    </message>
    <message>
        <source>&amp;Cash drawer</source>
        <translation>درج النقود</translation>
    </message>
    <message>
        <source>Everything is paid.</source>
        <translation>كل شيء مدفوع.</translation>
    </message>
    <message>
        <source>No invoices here. Make one from an appointment or from a patient.</source>
        <translation>لا فواتير هنا. أنشئ واحدة من موعد أو من سجل مريض.</translation>
    </message>
    <message>
        <source>Cash drawer open, %1 in it</source>
        <translation>درج النقود مفتوح، وفيه %1</translation>
    </message>
    <message>
        <source>Cash drawer closed</source>
        <translation>درج النقود مغلق</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Nothing taken today yet.</source>
        <translation>لم يُستلم شيء اليوم بعد.</translation>
    </message>
    <message>
        <source>Taken today: %1</source>
        <translation>استُلم اليوم: %1</translation>
    </message>
</context>
<context>
    <name>clinic::gui::BookingDialog</name>
    <message>
        <source>Change appointment</source>
        <translation>تغيير الموعد</translation>
    </message>
    <message>
        <source>Book appointment</source>
        <translation>حجز موعد</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>حجز</translation>
    </message>
    <message>
        <source>&amp;Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>&amp;With</source>
        <translation>مع</translation>
    </message>
    <message>
        <source>Anybody who is free</source>
        <translation>أي شخص متاح</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>الخدمة</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>لم يُحدَّد</translation>
    </message>
    <message>
        <source>&amp;Day</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>الوقت</translation>
    </message>
    <message>
        <source> min</source>
        <translation> دقيقة</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>الدقائق</translation>
    </message>
    <message>
        <source>&amp;Time and length</source>
        <translation>الوقت والمدة</translation>
    </message>
    <message>
        <source>Roo&amp;m</source>
        <translation>الغرفة</translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>E&amp;quipment</source>
        <translation>الجهاز</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Why on top of another appointment</source>
        <translation>سبب الحجز فوق موعد آخر</translation>
    </message>
    <message>
        <source>Only when it cannot wait.</source>
        <translation>فقط حين لا يحتمل التأجيل.</translation>
    </message>
    <message>
        <source>The patient is here (check in at once)</source>
        <translation>المريض هنا (سجّل وصوله فورًا)</translation>
    </message>
    <message>
        <source>Next free</source>
        <translation>أول وقت متاح</translation>
    </message>
    <message>
        <source>Nothing free in the next 60 days.</source>
        <translation>لا شيء متاح في الأيام الستين القادمة.</translation>
    </message>
    <message>
        <source>appointment for %1</source>
        <translation>موعد لـ %1</translation>
    </message>
    <message>
        <source>Asking the server whether the time is still free …</source>
        <translation>جارٍ سؤال الخادم عمّا إذا كان الوقت لا يزال متاحًا …</translation>
    </message>
    <message>
        <source>first time</source>
        <translation>المرة الأولى</translation>
    </message>
    <message>
        <source>second time</source>
        <translation>المرة الثانية</translation>
    </message>
    <message>
        <source>Which of the two</source>
        <translation>أيّ المرتين</translation>
    </message>
    <message>
        <source>On that day the clock shows this time twice.</source>
        <translation>في ذلك اليوم تُظهر الساعة هذا الوقت مرتين.</translation>
    </message>
    <message>
        <source>As booked (no longer in use)</source>
        <translation>كما حُجز (لم يعد مستخدمًا)</translation>
    </message>
</context>
<context>
    <name>clinic::gui::BringDialog</name>
    <message>
        <source>Bring in another clinic</source>
        <translation>إدخال عيادة أخرى</translation>
    </message>
    <message>
        <source>&amp;Bring it in</source>
        <translation>إدخالها</translation>
    </message>
    <message>
        <source>Looking into the file …</source>
        <translation>جارٍ النظر في الملف …</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>التقدم</translation>
    </message>
    <message>
        <source>“%1”: patients %2, appointments %3, invoices %4, documents %5.

They come into this hospital with their branches, services and practitioners, and keep their numbers and dates. Its users come without a password and switched off; roles and settings do not come. Somebody who is a patient of both is there twice.

The file stays as it is. Nobody should work with it any more.</source>
        <translation>«%1»: المرضى %2، المواعيد %3، الفواتير %4، المستندات %5.

تدخل هذا المستشفى بفروعها وخدماتها وممارسيها، وتحتفظ بأرقامها وتواريخها. يأتي مستخدموها بلا كلمة مرور ومعطَّلين، ولا تأتي الأدوار والإعدادات. من كان مريضًا في كليهما يكون هناك مرتين.

يبقى الملف كما هو. ينبغي ألا يعمل به أحد بعد ذلك.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) were brought in. What was here already was passed over.</source>
        <translation>
            <numerusform>لم يُدخل أي صف. ما كان هنا من قبل تُخطّي.</numerusform>
            <numerusform>أُدخل صف واحد. ما كان هنا من قبل تُخطّي.</numerusform>
            <numerusform>أُدخل صفان. ما كان هنا من قبل تُخطّي.</numerusform>
            <numerusform>أُدخلت %n صفوف. ما كان هنا من قبل تُخطّي.</numerusform>
            <numerusform>أُدخل %n صفًا. ما كان هنا من قبل تُخطّي.</numerusform>
            <numerusform>أُدخل %n صف. ما كان هنا من قبل تُخطّي.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What is here stays; bring the same file in again to go on.</source>
        <translation>توقف. ما هو هنا يبقى؛ أدخل الملف نفسه مرة أخرى للمتابعة.</translation>
    </message>
    <message>
        <source>&amp;User name there</source>
        <translation>ا&amp;سم المستخدم هناك</translation>
    </message>
    <message>
        <source>Empty for a recovery key</source>
        <translation>اتركه فارغًا مع مفتاح استعادة</translation>
    </message>
    <message>
        <source>&amp;Password or recovery key</source>
        <translation>&amp;كلمة المرور أو مفتاح الاستعادة</translation>
    </message>
    <message>
        <source>This clinic&apos;s file is sealed. Somebody who has worked on it opens it with name and password, or its recovery key does. The file with its keys (%1) has to lie beside it.</source>
        <translation>ملف هذه العيادة مختوم. يفتحه من عمل عليه باسمه وكلمة مروره، أو يفتحه مفتاح استعادته. يجب أن يكون ملف مفاتيحه (%1) بجانبه.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::CalendarPage</name>
    <message>
        <source>Day</source>
        <translation>يوم</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>أسبوع</translation>
    </message>
    <message>
        <source>Day or week</source>
        <translation>يوم أو أسبوع</translation>
    </message>
    <message>
        <source>Practitioners</source>
        <translation>الممارسون</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>الغرف</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>الجهاز</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>الأعمدة</translation>
    </message>
    <message>
        <source>Whose appointments</source>
        <translation>مواعيد من</translation>
    </message>
    <message>
        <source>Without cancelled</source>
        <translation>بلا الملغاة</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>كل الحالات</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>محجوز</translation>
    </message>
    <message>
        <source>Checked in</source>
        <translation>وصل</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>مكتمل</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>لم يحضر</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>&amp;Day list</source>
        <translation>قائمة اليوم</translation>
    </message>
    <message>
        <source>&amp;Book</source>
        <translation>حجز</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>السابق</translation>
    </message>
    <message>
        <source>&amp;Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>Week of %1</source>
        <translation>أسبوع %1</translation>
    </message>
    <message numerus="yes">
        <source>%n appointment(s)</source>
        <translation>
            <numerusform>لا مواعيد</numerusform>
            <numerusform>موعد واحد</numerusform>
            <numerusform>موعدان</numerusform>
            <numerusform>%n مواعيد</numerusform>
            <numerusform>%n موعدًا</numerusform>
            <numerusform>%n موعد</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nobody and nothing to book yet. An administrator adds practitioners and rooms under Set-up.</source>
        <translation>لا أحد ولا شيء للحجز بعد. يضيف المدير الممارسين والغرف من شاشة الإعداد.</translation>
    </message>
    <message>
        <source>Moved to %1.</source>
        <translation>نُقل إلى %1.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Open the patient</source>
        <translation>فتح سجل المريض</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>فاتورة</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>التقويم</translation>
    </message>
    <message>
        <source>All branches</source>
        <translation>كل الفروع</translation>
    </message>
    <message>
        <source>%1 (no longer in use)</source>
        <translation>%1 (لم يعد مستخدمًا)</translation>
    </message>
    <message>
        <source>Without a practitioner</source>
        <translation>بلا ممارس</translation>
    </message>
</context>
<context>
    <name>clinic::gui::CalendarView</name>
    <message>
        <source>Calendar</source>
        <translation>التقويم</translation>
    </message>
    <message>
        <source>Arrow keys move through the day, Enter books or opens, Alt+arrows move an appointment, Shift+up and down change its length.</source>
        <translation>مفاتيح الأسهم تتنقل في اليوم، وEnter يحجز أو يفتح، وAlt مع الأسهم ينقل الموعد، وShift مع أعلى وأسفل يغيّر مدته.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::CodeDialog</name>
    <message>
        <source>Code for another PC</source>
        <translation>رمز لحاسوب آخر</translation>
    </message>
    <message>
        <source>Co&amp;py</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>On the other PC choose “Connect to a server” and enter this code, or read it with a scanner. It is good for one PC and seven days. Whoever has it can join the hospital: give it to nobody else.</source>
        <translation>على الحاسوب الآخر اختر «الاتصال بخادم» وأدخل هذا الرمز، أو اقرأه بماسح ضوئي. يصلح لحاسوب واحد ولسبعة أيام. من يملكه يستطيع الانضمام إلى المستشفى: لا تعطه لأحد غيره.</translation>
    </message>
    <message>
        <source>Enrolment &amp;code</source>
        <translation>رمز التسجيل</translation>
    </message>
    <message>
        <source>The code as a picture for scanners</source>
        <translation>الرمز كصورة للماسحات</translation>
    </message>
</context>
<context>
    <name>clinic::gui::CommandPalette</name>
    <message>
        <source>Go to</source>
        <translation>الانتقال إلى</translation>
    </message>
    <message>
        <source>Patients, screens, actions</source>
        <translation>المرضى والشاشات والإجراءات</translation>
    </message>
    <message>
        <source>What to look for</source>
        <translation>ما الذي تبحث عنه</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>النتائج</translation>
    </message>
</context>
<context>
    <name>clinic::gui::DaySpan</name>
    <message>
        <source>from</source>
        <translation>من</translation>
    </message>
    <message>
        <source>to</source>
        <translation>إلى</translation>
    </message>
</context>
<context>
    <name>clinic::gui::DevicesDialog</name>
    <message>
        <source>PCs of the hospital</source>
        <translation>أجهزة المستشفى</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>%1 (this PC)</source>
        <translation>%1 (هذا الجهاز)</translation>
    </message>
    <message>
        <source>Numbers carry</source>
        <translation>رمز الأرقام</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>مقبول</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>غير مقبول</translation>
    </message>
    <message>
        <source>Goes on under another code</source>
        <translation>يواصل برمز آخر</translation>
    </message>
    <message>
        <source>Last heard of</source>
        <translation>آخر اتصال</translation>
    </message>
    <message>
        <source>The server knows of no PC.</source>
        <translation>لا يعرف الخادم أي جهاز.</translation>
    </message>
    <message>
        <source>&amp;Do not accept any more …</source>
        <translation>عدم القبول بعد الآن …</translation>
    </message>
    <message>
        <source>&amp;Accept again</source>
        <translation>القبول مجددًا</translation>
    </message>
    <message>
        <source>Do not accept %1 any more?</source>
        <translation>عدم قبول %1 بعد الآن؟</translation>
    </message>
    <message>
        <source>It gets nothing new from now on. What it has stays on it, and what it still sends is kept aside for you to look at.</source>
        <translation>لن يصله شيء جديد من الآن. ما فيه يبقى فيه، وما يرسله بعد ذلك يُحفظ جانبًا لتنظر فيه.</translation>
    </message>
    <message>
        <source>Do not accept</source>
        <translation>عدم القبول</translation>
    </message>
    <message>
        <source>Keeps</source>
        <translation>يحتفظ بـ</translation>
    </message>
    <message>
        <source>What it &amp;keeps …</source>
        <translation>بماذا يحتفظ …</translation>
    </message>
    <message>
        <source>What %1 keeps</source>
        <translation>بماذا يحتفظ %1</translation>
    </message>
    <message>
        <source>Set-up, people who sign in and patients are on every PC; appointments, invoices and payments only where they are kept. What goes leaves the PC when it has sent what it wrote.</source>
        <translation>الإعدادات والمستخدمون والمرضى موجودون على كل حاسوب؛ أما المواعيد والفواتير والمدفوعات فحيث يُحتفظ بها فقط. وما يُستغنى عنه يغادر الحاسوب بعد أن يرسل ما كتبه.</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>تطبيق</translation>
    </message>
    <message>
        <source>Lost: will remove what it has</source>
        <translation>مفقود: سيزيل ما لديه</translation>
    </message>
    <message>
        <source>Lost: removed what it had, %1</source>
        <translation>مفقود: أزال ما كان لديه، %1</translation>
    </message>
    <message>
        <source>It was &amp;lost …</source>
        <translation>لقد فُقد …</translation>
    </message>
    <message>
        <source>Was %1 lost or stolen?</source>
        <translation>هل فُقد %1 أو سُرق؟</translation>
    </message>
    <message>
        <source>It gets nothing new from now on, and as soon as it reaches the server it sends what it has not sent and removes everything of the clinic from itself, keys and backups included. Should it turn up before that, accept it again.</source>
        <translation>لن يحصل على أي جديد من الآن، وحالما يصل إلى الخادم يرسل ما لم يرسله ثم يزيل كل ما يخص العيادة منه، بما في ذلك المفاتيح والنسخ الاحتياطية. إذا عُثر عليه قبل ذلك فاقبله مجددًا.</translation>
    </message>
    <message>
        <source>It was lost</source>
        <translation>لقد فُقد</translation>
    </message>
    <message>
        <source>&amp;Replace the hospital&apos;s key …</source>
        <translation>ا&amp;ستبدال مفتاح المستشفى …</translation>
    </message>
    <message>
        <source>That PC still has the key with which everything on the server is sealed. </source>
        <translation>ما زال لدى ذلك الجهاز المفتاح الذي خُتم به كل ما على الخادم. </translation>
    </message>
    <message>
        <source>Replace the hospital&apos;s key?</source>
        <translation>هل يُستبدل مفتاح المستشفى؟</translation>
    </message>
    <message>
        <source>With a new key no PC that is not accepted any more can read what is written from now on, even if it comes by a copy of the server. The other PCs get the new key by themselves, and what lies on the server is sealed anew in the background. Codes for other PCs that were not used yet are void.</source>
        <translation>بمفتاح جديد لا يستطيع أي جهاز لم يعد مقبولاً قراءة ما يُكتب من الآن فصاعداً، حتى لو حصل على نسخة من الخادم. تحصل الأجهزة الأخرى على المفتاح الجديد من تلقاء نفسها، ويُعاد ختم ما على الخادم في الخلفية. الرموز التي لم تُستعمل بعد لأجهزة أخرى تصبح لاغية.</translation>
    </message>
    <message>
        <source>Replace the key</source>
        <translation>استبدال المفتاح</translation>
    </message>
    <message>
        <source>The hospital has a new key.</source>
        <translation>للمستشفى مفتاح جديد.</translation>
    </message>
    <message>
        <source>The hospital has a new key. %1 will get it later, from another PC.</source>
        <translation>للمستشفى مفتاح جديد. سيحصل عليه %1 لاحقاً من جهاز آخر.</translation>
    </message>
    <message>
        <source>Last used by</source>
        <translation>آخر من استعمله</translation>
    </message>
    <message>
        <source>System</source>
        <translation>النظام</translation>
    </message>
    <message>
        <source>%1, ClinicDesk %2</source>
        <translation>%1، ClinicDesk %2</translation>
    </message>
</context>
<context>
    <name>clinic::gui::DocumentDialog</name>
    <message>
        <source>&amp;Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>النوع</translation>
    </message>
</context>
<context>
    <name>clinic::gui::DocumentsTab</name>
    <message>
        <source>On the server</source>
        <translation>على الخادم</translation>
    </message>
    <message>
        <source>Coming, %1 %</source>
        <translation>في الطريق، %1 %</translation>
    </message>
    <message>
        <source>On this PC</source>
        <translation>على هذا الحاسوب</translation>
    </message>
    <message>
        <source>On this PC, %1 % sent</source>
        <translation>على هذا الحاسوب، أُرسل %1 %</translation>
    </message>
    <message>
        <source>On this PC, not sent yet</source>
        <translation>على هذا الحاسوب، لم يُرسل بعد</translation>
    </message>
    <message>
        <source>Here and on the server</source>
        <translation>هنا وعلى الخادم</translation>
    </message>
    <message>
        <source>&amp;Full size</source>
        <translation>الحجم الكامل</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Save a &amp;copy …</source>
        <translation>حفظ نسخة …</translation>
    </message>
    <message>
        <source>C&amp;hange …</source>
        <translation>تغيير …</translation>
    </message>
    <message>
        <source>Entered in &amp;error</source>
        <translation>أُدخل خطأً</translation>
    </message>
    <message>
        <source>Add a document</source>
        <translation>إضافة مستند</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>كل الملفات (*)</translation>
    </message>
    <message>
        <source>&amp;Add …</source>
        <translation>إضافة …</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>أُضيف</translation>
    </message>
    <message>
        <source>By</source>
        <translation>بواسطة</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>المكان</translation>
    </message>
    <message>
        <source>Documents of this patient</source>
        <translation>مستندات هذا المريض</translation>
    </message>
    <message>
        <source>No documents yet. Drop files here, or add them.</source>
        <translation>لا مستندات بعد. أفلت الملفات هنا أو أضفها.</translation>
    </message>
    <message>
        <source>Add a document …</source>
        <translation>إضافة مستند …</translation>
    </message>
    <message>
        <source>No documents yet.</source>
        <translation>لا مستندات بعد.</translation>
    </message>
    <message>
        <source>“%1” is kept.</source>
        <translation>حُفظ «%1».</translation>
    </message>
    <message>
        <source>Change a document</source>
        <translation>تغيير مستند</translation>
    </message>
    <message>
        <source>“%1” is not shown any more.</source>
        <translation>لن يُعرض «%1» بعد الآن.</translation>
    </message>
    <message>
        <source>It comes from the server, and opens when it is here.</source>
        <translation>إنه آتٍ من الخادم، ويُفتح حين يصل.</translation>
    </message>
    <message>
        <source>It is not on this PC, and the server is not reached. It comes by itself later.</source>
        <translation>ليس على هذا الحاسوب، ولا يمكن الوصول إلى الخادم. سيأتي من تلقاء نفسه لاحقًا.</translation>
    </message>
    <message>
        <source>ClinicDesk does not open files of this kind. Save a copy, if you trust it.</source>
        <translation>لا يفتح ClinicDesk ملفات من هذا النوع. احفظ نسخة إن كنت تثق بها.</translation>
    </message>
    <message>
        <source>No program on this PC opens files of this kind. Save a copy instead.</source>
        <translation>لا برنامج على هذا الحاسوب يفتح ملفات من هذا النوع. احفظ نسخة بدلًا من ذلك.</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>حفظ نسخة</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>حُفظ باسم %1.</translation>
    </message>
    <message>
        <source>The server sent something other than this document. Ask the person who added it to add it again.</source>
        <translation>أرسل الخادم شيئًا غير هذا المستند. اطلب ممن أضافه أن يضيفه من جديد.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::DrawerDialog</name>
    <message>
        <source>Close the cash drawer</source>
        <translation>إغلاق درج النقود</translation>
    </message>
    <message>
        <source>Open the cash drawer</source>
        <translation>فتح درج النقود</translation>
    </message>
    <message>
        <source>Close drawer</source>
        <translation>إغلاق الدرج</translation>
    </message>
    <message>
        <source>Open drawer</source>
        <translation>فتح الدرج</translation>
    </message>
    <message>
        <source>Opened %1 with %2. There should be %3 in it.</source>
        <translation>فُتح في %1 بمبلغ %2. يجب أن يكون فيه %3.</translation>
    </message>
    <message>
        <source>&amp;Counted</source>
        <translation>المعدود</translation>
    </message>
    <message>
        <source>&amp;Float in the drawer</source>
        <translation>الرصيد في الدرج</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>الملاحظة</translation>
    </message>
    <message>
        <source>Needed when the count differs</source>
        <translation>لازمة إذا اختلف العدّ</translation>
    </message>
    <message>
        <source>It matches.</source>
        <translation>متطابق.</translation>
    </message>
    <message>
        <source>%1 missing</source>
        <translation>ينقص %1</translation>
    </message>
    <message>
        <source>%1 too much</source>
        <translation>يزيد %1</translation>
    </message>
    <message>
        <source>Drawer closed.</source>
        <translation>أُغلق الدرج.</translation>
    </message>
    <message>
        <source>Drawer open.</source>
        <translation>فُتح الدرج.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::EmergencyDialog</name>
    <message>
        <source>Open in an emergency</source>
        <translation>فتح في حالة طارئة</translation>
    </message>
    <message>
        <source>&amp;Open the record</source>
        <translation>ا&amp;فتح السجل</translation>
    </message>
    <message numerus="yes">
        <source>This record is outside of what your role reaches. If somebody&apos;s care needs it now, say why: it opens for %n minute(s). What you do in it is recorded, and somebody else looks at it afterwards.</source>
        <translation>
            <numerusform>هذا السجل خارج ما يصل إليه دورك. إن تطلبت رعاية أحد ذلك الآن فاذكر السبب: يُفتح لمدة %n دقيقة. يُسجَّل ما تفعله فيه، ويراجعه شخص آخر بعد ذلك.</numerusform>
            <numerusform>هذا السجل خارج ما يصل إليه دورك. إن تطلبت رعاية أحد ذلك الآن فاذكر السبب: يُفتح لمدة دقيقة واحدة. يُسجَّل ما تفعله فيه، ويراجعه شخص آخر بعد ذلك.</numerusform>
            <numerusform>هذا السجل خارج ما يصل إليه دورك. إن تطلبت رعاية أحد ذلك الآن فاذكر السبب: يُفتح لمدة دقيقتين. يُسجَّل ما تفعله فيه، ويراجعه شخص آخر بعد ذلك.</numerusform>
            <numerusform>هذا السجل خارج ما يصل إليه دورك. إن تطلبت رعاية أحد ذلك الآن فاذكر السبب: يُفتح لمدة %n دقائق. يُسجَّل ما تفعله فيه، ويراجعه شخص آخر بعد ذلك.</numerusform>
            <numerusform>هذا السجل خارج ما يصل إليه دورك. إن تطلبت رعاية أحد ذلك الآن فاذكر السبب: يُفتح لمدة %n دقيقة. يُسجَّل ما تفعله فيه، ويراجعه شخص آخر بعد ذلك.</numerusform>
            <numerusform>هذا السجل خارج ما يصل إليه دورك. إن تطلبت رعاية أحد ذلك الآن فاذكر السبب: يُفتح لمدة %n دقيقة. يُسجَّل ما تفعله فيه، ويراجعه شخص آخر بعد ذلك.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>ا&amp;لسبب</translation>
    </message>
</context>
<context>
    <name>clinic::gui::EmergencyPage</name>
    <message>
        <source>Somebody else reviews it</source>
        <translation>يراجعه شخص آخر</translation>
    </message>
    <message>
        <source>To be reviewed</source>
        <translation>ينتظر المراجعة</translation>
    </message>
    <message>
        <source>Was right</source>
        <translation>كان صوابًا</translation>
    </message>
    <message>
        <source>Was not right</source>
        <translation>لم يكن صوابًا</translation>
    </message>
    <message>
        <source>When</source>
        <translation>متى</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Whose record</source>
        <translation>سجل من</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>المراجعة</translation>
    </message>
    <message>
        <source>Records opened in an emergency</source>
        <translation>سجلات فُتحت في حالة طارئة</translation>
    </message>
    <message>
        <source>No record has been opened in an emergency.</source>
        <translation>لم يُفتح أي سجل في حالة طارئة.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>ماذا</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>ما تغير</translation>
    </message>
    <message>
        <source>What was done in that time</source>
        <translation>ما فُعل في تلك المدة</translation>
    </message>
    <message>
        <source>It &amp;was right</source>
        <translation>كان &amp;صوابًا</translation>
    </message>
    <message>
        <source>It was &amp;not right …</source>
        <translation>&amp;لم يكن صوابًا …</translation>
    </message>
    <message>
        <source>Emergency access</source>
        <translation>الوصول الطارئ</translation>
    </message>
    <message>
        <source>What people opened although their role does not reach it is shown here, for somebody else to look at.</source>
        <translation>يظهر هنا ما فتحه الأشخاص وإن كان دورهم لا يصل إليه، ليراجعه شخص آخر.</translation>
    </message>
    <message>
        <source>Open until %1. %2</source>
        <translation>مفتوح حتى %1. %2</translation>
    </message>
    <message>
        <source>%1, said %2 on %3. %4</source>
        <translation>%1، قال %2 في %3. %4</translation>
    </message>
    <message>
        <source>The review is recorded.</source>
        <translation>سُجلت المراجعة.</translation>
    </message>
    <message>
        <source>It was not right</source>
        <translation>لم يكن صوابًا</translation>
    </message>
    <message>
        <source>Why not?</source>
        <translation>لماذا؟</translation>
    </message>
    <message>
        <source>No emergency</source>
        <translation>لم تكن حالة طارئة</translation>
    </message>
    <message>
        <source>Not needed for the care of this person</source>
        <translation>لم تتطلبه رعاية هذا الشخص</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>المكان</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>هذا الحاسوب</translation>
    </message>
    <message>
        <source>Nothing on this PC.</source>
        <translation>لا شيء على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Nothing on this PC. The server cannot be asked about the others now.</source>
        <translation>لا شيء على هذا الحاسوب. لا يمكن سؤال الخادم عن الأجهزة الأخرى الآن.</translation>
    </message>
    <message>
        <source>Nothing on any PC, as far as the server has heard.</source>
        <translation>لا شيء على أي حاسوب بحسب ما بلغ الخادم.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::EnrolDialog</name>
    <message>
        <source>Connect to a server</source>
        <translation>الاتصال بخادم</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>اتصال</translation>
    </message>
    <message>
        <source>Paste the code from the server, or the one made on another PC under “Code for another PC”. Everything on this PC is kept and becomes the hospital&apos;s.</source>
        <translation>الصق الرمز من الخادم، أو الرمز الذي أُنشئ على جهاز آخر تحت «رمز لجهاز آخر». يبقى كل ما في هذا الجهاز ويصبح بيانات المستشفى.</translation>
    </message>
    <message>
        <source>Paste the code made on another PC under “Code for another PC”. The hospital&apos;s data comes to this PC; it may take some minutes.</source>
        <translation>الصق الرمز الذي أُنشئ على جهاز آخر تحت «رمز لجهاز آخر». تأتي بيانات المستشفى إلى هذا الجهاز؛ وقد يستغرق ذلك بضع دقائق.</translation>
    </message>
    <message>
        <source>Enrolment &amp;code</source>
        <translation>رمز التسجيل</translation>
    </message>
    <message>
        <source>Recovery &amp;key</source>
        <translation>مفتاح الا&amp;ستعادة</translation>
    </message>
    <message>
        <source>As it was printed; blanks and hyphens do not matter</source>
        <translation>كما طُبع؛ لا تهم الفراغات والشرطات</translation>
    </message>
</context>
<context>
    <name>clinic::gui::ExchangeDialog</name>
    <message>
        <source>On the server</source>
        <translation>على الخادم</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>تمت الإجابة</translation>
    </message>
    <message>
        <source>Saved here, waits for the server</source>
        <translation>محفوظ هنا وينتظر الخادم</translation>
    </message>
    <message>
        <source>no answer: %1</source>
        <translation>لا إجابة: %1</translation>
    </message>
    <message>
        <source>What was exchanged</source>
        <translation>ما جرى تبادله</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>When</source>
        <translation>متى</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>الإجراء</translation>
    </message>
    <message>
        <source>By</source>
        <translation>بواسطة</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>الصفوف</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>أين هو</translation>
    </message>
    <message>
        <source>What was done on this PC</source>
        <translation>ما جرى على هذا الجهاز</translation>
    </message>
    <message>
        <source>Nothing was done on this PC in the last ninety days.</source>
        <translation>لم يجرِ شيء على هذا الجهاز في التسعين يومًا الماضية.</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>الطلب</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>الإجابة</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>المدة</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 م.ث</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>أُرسل</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>استُلم</translation>
    </message>
    <message>
        <source>Log number</source>
        <translation>رقم السجل</translation>
    </message>
    <message>
        <source>The last requests</source>
        <translation>آخر الطلبات</translation>
    </message>
    <message>
        <source>Nothing was asked since the program started.</source>
        <translation>لم يُطلب شيء منذ بدء البرنامج.</translation>
    </message>
    <message>
        <source>Parts of the exchange</source>
        <translation>أقسام التبادل</translation>
    </message>
    <message>
        <source>What was done here</source>
        <translation>ما جرى هنا</translation>
    </message>
    <message>
        <source>Where this PC stands</source>
        <translation>أين يقف هذا الجهاز</translation>
    </message>
    <message>
        <source>Co&amp;py for support</source>
        <translation>نسخ للدعم الفني</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>تحديث</translation>
    </message>
    <message>
        <source>The line</source>
        <translation>الاتصال</translation>
    </message>
    <message>
        <source>This PC: %1</source>
        <translation>هذا الجهاز: %1</translation>
    </message>
    <message>
        <source>Addresses: %1</source>
        <translation>العناوين: %1</translation>
    </message>
    <message>
        <source>Has the hospital&apos;s history up to number %1 (history %2)</source>
        <translation>لديه تاريخ المستشفى حتى الرقم %1 (التاريخ %2)</translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>الحالة: %1</translation>
    </message>
    <message>
        <source>Copied. It names no patient.</source>
        <translation>نُسخ. لا يرد فيه اسم أي مريض.</translation>
    </message>
    <message>
        <source>Co&amp;mpare with the server</source>
        <translation>المقارنة مع الخادم</translation>
    </message>
    <message>
        <source>Looks whether this PC has exactly what the server has, and asks again for what differs. It does so by itself every week.</source>
        <translation>يتحقق مما إذا كان هذا الحاسوب يملك ما لدى الخادم تمامًا، ويطلب من جديد ما يختلف. ويفعل ذلك تلقائيًا كل أسبوع.</translation>
    </message>
    <message>
        <source>Compared with the server: something differs and is being mended</source>
        <translation>قورن بالخادم: هناك اختلاف ويجري إصلاحه</translation>
    </message>
    <message>
        <source>Compared with the server: everything agreed on %1</source>
        <translation>قورن بالخادم: كان كل شيء متطابقًا في %1</translation>
    </message>
    <message>
        <source>Not compared with the server yet</source>
        <translation>لم يقارن بالخادم بعد</translation>
    </message>
    <message>
        <source>Waiting: %1 changes, %2 documents, %3 audit events, %4 rows to be asked for again</source>
        <translation>في الانتظار: %1 تغييرات، %2 مستندات، %3 أحداث تدقيق، %4 صفوف تُطلب من جديد</translation>
    </message>
</context>
<context>
    <name>clinic::gui::FileExchangeDialog</name>
    <message>
        <source>Files for the server (*.parcel)</source>
        <translation>ملفات للخادم (*.parcel)</translation>
    </message>
    <message>
        <source>Answers of the server (*.answers)</source>
        <translation>إجابات الخادم (*.answers)</translation>
    </message>
    <message>
        <source>Exchange by file</source>
        <translation>التبادل بالملفات</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>For a PC without a network. The files can be carried on any stick: only the server and the PC itself can read them, and taking one in twice does no harm.</source>
        <translation>لجهاز بلا شبكة. يمكن حمل الملفات على أي ذاكرة محمولة: لا يقرؤها إلا الخادم والجهاز نفسه، ولا ضرر من استيرادها مرتين.</translation>
    </message>
    <message>
        <source>1. On this PC</source>
        <translation>1. على هذا الجهاز</translation>
    </message>
    <message>
        <source>Everything that waits here and the question for what is new go into a file.</source>
        <translation>يُكتب في ملف كل ما ينتظر هنا مع السؤال عن الجديد.</translation>
    </message>
    <message>
        <source>&amp;Write a file for the server …</source>
        <translation>كتابة ملف للخادم …</translation>
    </message>
    <message>
        <source>2. On a PC that reaches the server</source>
        <translation>2. على جهاز يصل إلى الخادم</translation>
    </message>
    <message>
        <source>Takes another PC&apos;s file to the server and writes the answers into a second file.</source>
        <translation>يوصل ملف جهاز آخر إلى الخادم ويكتب الإجابات في ملف ثانٍ.</translation>
    </message>
    <message>
        <source>&amp;Carry another PC&apos;s file …</source>
        <translation>إيصال ملف جهاز آخر …</translation>
    </message>
    <message>
        <source>3. Back on the PC without a network</source>
        <translation>3. عند العودة إلى الجهاز بلا شبكة</translation>
    </message>
    <message>
        <source>What others did comes in; what waited is confirmed.</source>
        <translation>يدخل ما فعله الآخرون ويتأكد ما كان ينتظر.</translation>
    </message>
    <message>
        <source>&amp;Take in the answers …</source>
        <translation>استيراد الإجابات …</translation>
    </message>
    <message>
        <source>to the server %1</source>
        <translation>إلى الخادم %1</translation>
    </message>
    <message>
        <source>Write a file for the server</source>
        <translation>كتابة ملف للخادم</translation>
    </message>
    <message>
        <source>Written: %1. Take it to a PC that reaches the server.</source>
        <translation>كُتب: %1. خذه إلى جهاز يصل إلى الخادم.</translation>
    </message>
    <message>
        <source>Take in the answers</source>
        <translation>استيراد الإجابات</translation>
    </message>
    <message>
        <source>The server was put back from a backup meanwhile. Write one more file: it brings what the server lacks.</source>
        <translation>أُعيد الخادم من نسخة احتياطية في هذه الأثناء. اكتب ملفًا آخر ليصل إلى الخادم ما ينقصه.</translation>
    </message>
    <message>
        <source>The server does not accept this PC at the moment (%1). Everything saved here stays.</source>
        <translation>لا يقبل الخادم هذا الجهاز حاليًا (%1). يبقى كل ما حُفظ هنا.</translation>
    </message>
    <message>
        <source>Carry another PC&apos;s file</source>
        <translation>إيصال ملف جهاز آخر</translation>
    </message>
    <message>
        <source>Where the answers go</source>
        <translation>مكان حفظ الإجابات</translation>
    </message>
    <message>
        <source>Asking the server …</source>
        <translation>جارٍ سؤال الخادم …</translation>
    </message>
    <message>
        <source>The answers for %1 are in %2. Take them back to that PC.</source>
        <translation>إجابات %1 في %2. أعدها إلى ذلك الجهاز.</translation>
    </message>
    <message>
        <source>Taken in. Confirmed by the server: %1. New from others: %2.</source>
        <translation>تم الاستيراد. أكد الخادم: %1. الجديد من الآخرين: %2.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::FormDialog</name>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Throw away what you typed?</source>
        <translation>هل تتخلص مما كتبته؟</translation>
    </message>
    <message>
        <source>What you typed here has not been saved.</source>
        <translation>ما كتبته هنا لم يُحفظ.</translation>
    </message>
    <message>
        <source>Keep typing</source>
        <translation>أكمل الكتابة</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>تخلّص منه</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>clinic::gui::Gallery</name>
    <message>
        <source>Widget gallery</source>
        <translation>معرض العناصر</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>تباين عالٍ</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>الكلمات</translation>
    </message>
    <message>
        <source>What a label looks like</source>
        <translation>هكذا تبدو التسمية</translation>
    </message>
    <message>
        <source>Buttons and choices</source>
        <translation>الأزرار والخيارات</translation>
    </message>
    <message>
        <source> (disabled)</source>
        <translation> (معطّل)</translation>
    </message>
    <message>
        <source>Check box</source>
        <translation>مربع اختيار</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>اختيار</translation>
    </message>
    <message>
        <source>First</source>
        <translation>الأول</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>الثاني</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>التقدم</translation>
    </message>
    <message>
        <source>A form with a fault</source>
        <translation>نموذج فيه خطأ</translation>
    </message>
    <message>
        <source>&amp;Family name</source>
        <translation>اسم العائلة</translation>
    </message>
    <message>
        <source>&amp;Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>Help stands under the field</source>
        <translation>تقف المساعدة تحت الحقل</translation>
    </message>
    <message>
        <source>Se&amp;x</source>
        <translation>الجنس</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>اختر من فضلك</translation>
    </message>
    <message>
        <source>&amp;Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>&amp;Remarks</source>
        <translation>ملاحظات</translation>
    </message>
    <message>
        <source>States of a list</source>
        <translation>حالات القائمة</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>المربع</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>صفوف</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>فارغة</translation>
    </message>
    <message>
        <source>Nothing here yet.</source>
        <translation>لا شيء هنا بعد.</translation>
    </message>
    <message>
        <source>Add the first</source>
        <translation>أضف الأول</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>تحميل</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>فشلت</translation>
    </message>
</context>
<context>
    <name>clinic::gui::GateWindow</name>
    <message>
        <source>ClinicDesk</source>
        <translation>ClinicDesk</translation>
    </message>
    <message>
        <source>This clinic is sealed</source>
        <translation>هذه العيادة مختومة</translation>
    </message>
    <message>
        <source>This clinic will be sealed</source>
        <translation>ستُختم هذه العيادة</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>جارٍ العمل</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Seal and open</source>
        <translation>ختم وفتح</translation>
    </message>
    <message>
        <source>Use a password instead</source>
        <translation>استعمال كلمة مرور بدلًا منه</translation>
    </message>
    <message>
        <source>Use the recovery key instead</source>
        <translation>استعمال مفتاح الاستعادة بدلًا منها</translation>
    </message>
    <message>
        <source>From this version on nobody can read a clinic&apos;s file who only copies it. Sign in once: the file and its backups here are sealed, checked, and opened. It takes a moment, and the old file stays until the new one is known to be whole.</source>
        <translation>ابتداءً من هذا الإصدار لا يستطيع من ينسخ ملف العيادة فقط أن يقرأه. سجّل الدخول مرة واحدة: يُختم الملف ونسخه الاحتياطية هنا وتُفحص وتُفتح. يستغرق ذلك لحظة، ويبقى الملف القديم إلى أن يثبت أن الجديد سليم.</translation>
    </message>
    <message>
        <source>The recovery key was printed when the clinic was set up.</source>
        <translation>طُبع مفتاح الاستعادة عند إعداد العيادة.</translation>
    </message>
    <message>
        <source>This PC&apos;s keychain does not have its key. The password of anybody who has worked on this PC opens it.</source>
        <translation>ليس في سلسلة مفاتيح هذا الحاسوب مفتاحها. تفتحها كلمة مرور أي شخص عمل على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Open it as it is, and seal it next time</source>
        <translation>افتحه كما هو، واختمه في المرة القادمة</translation>
    </message>
</context>
<context>
    <name>clinic::gui::ImportDialog</name>
    <message>
        <source>Family name</source>
        <translation>اسم العائلة</translation>
    </message>
    <message>
        <source>Given names</source>
        <translation>الأسماء الأولى</translation>
    </message>
    <message>
        <source>Whole name</source>
        <translation>الاسم الكامل</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>تاريخ الميلاد</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>الجنس</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>البريد الإلكتروني</translation>
    </message>
    <message>
        <source>National ID</source>
        <translation>الهوية الوطنية</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>ملاحظات</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>جارٍ القراءة …</translation>
    </message>
    <message>
        <source>3/4/1980 is the third of April</source>
        <translation>3/4/1980 هو الثالث من أبريل</translation>
    </message>
    <message>
        <source>Import patients</source>
        <translation>استيراد مرضى</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>أول صفوف الملف</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>التقدم</translation>
    </message>
    <message>
        <source>Rows not imported</source>
        <translation>صفوف لم تُستورد</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>استيراد</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>%1 is</source>
        <translation>%1 هو</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>يُترك</translation>
    </message>
    <message>
        <source>%1 rows, read as %2. Check what each column is, then import. Rows that cannot be used are listed and skipped.</source>
        <translation>%1 صفًا، قُرئت بترميز %2. تحقق من معنى كل عمود ثم استورد. الصفوف غير الصالحة تُذكر وتُتخطى.</translation>
    </message>
    <message>
        <source>%1 imported, %2 registered already, %3 not usable%4</source>
        <translation>استُورد %1، ومسجّل من قبل %2، وغير صالح %3%4</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>العمر</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>جواز السفر</translation>
    </message>
    <message>
        <source>Medical aid number</source>
        <translation>رقم التأمين الطبي</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>رقم آخر</translation>
    </message>
    <message>
        <source>Patient number</source>
        <translation>رقم المريض</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>فعّال</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Identifiers</source>
        <translation>أرقام الهوية</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>جهات الاتصال</translation>
    </message>
    <message>
        <source>Next of kin</source>
        <translation>أقرب الأقارب</translation>
    </message>
    <message>
        <source>This list has no birth dates</source>
        <translation>لا توجد تواريخ ميلاد في هذه القائمة</translation>
    </message>
    <message>
        <source>Order of day and month</source>
        <translation>ترتيب اليوم والشهر</translation>
    </message>
    <message>
        <source>Order of day and month: choose</source>
        <translation>ترتيب اليوم والشهر: اختر</translation>
    </message>
    <message>
        <source>3/4/1980 is the fourth of March</source>
        <translation>3/4/1980 هو الرابع من مارس</translation>
    </message>
    <message>
        <source>Years of two digits</source>
        <translation>السنوات من رقمين</translation>
    </message>
    <message>
        <source>Years of two digits: choose</source>
        <translation>السنوات من رقمين: اختر</translation>
    </message>
    <message>
        <source>The later year: 20 is 2020</source>
        <translation>السنة الأحدث: 20 هي 2020</translation>
    </message>
    <message>
        <source>The earlier year: 20 is 1920</source>
        <translation>السنة الأقدم: 20 هي 1920</translation>
    </message>
    <message>
        <source>&amp;Save skipped rows …</source>
        <translation>&amp;حفظ الصفوف المتروكة …</translation>
    </message>
    <message>
        <source>Save skipped rows</source>
        <translation>حفظ الصفوف المتروكة</translation>
    </message>
    <message>
        <source>skipped rows</source>
        <translation>الصفوف المتروكة</translation>
    </message>
    <message>
        <source>Lists (*.csv)</source>
        <translation>قوائم (*.csv)</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>حُفظ.</translation>
    </message>
    <message>
        <source>%1 rows of the first sheet. Not read: %2</source>
        <translation>%1 صف من الورقة الأولى. لم تُقرأ: %2</translation>
    </message>
    <message>
        <source>The first row holds the column names</source>
        <translation>يحتوي الصف الأول على أسماء الأعمدة</translation>
    </message>
    <message>
        <source>Character set</source>
        <translation>مجموعة المحارف</translation>
    </message>
    <message>
        <source>Character set: choose</source>
        <translation>مجموعة المحارف: اختر</translation>
    </message>
    <message>
        <source>Order of names</source>
        <translation>ترتيب الأسماء</translation>
    </message>
    <message>
        <source>Order of names: choose</source>
        <translation>ترتيب الأسماء: اختر</translation>
    </message>
    <message>
        <source>Given names, then family name</source>
        <translation>الاسم الأول ثم اسم العائلة</translation>
    </message>
    <message>
        <source>Family name, then given names</source>
        <translation>اسم العائلة ثم الاسم الأول</translation>
    </message>
    <message>
        <source>Letters of the sexes</source>
        <translation>أحرف الجنس</translation>
    </message>
    <message>
        <source>Letters of the sexes: choose</source>
        <translation>أحرف الجنس: اختر</translation>
    </message>
    <message>
        <source>%1 is female</source>
        <translation>%1 أنثى</translation>
    </message>
    <message>
        <source>%1 is male</source>
        <translation>%1 ذكر</translation>
    </message>
    <message>
        <source>Keep the letters in the remarks</source>
        <translation>إبقاء الأحرف في الملاحظات</translation>
    </message>
    <message>
        <source> – stopped; %1 rows were not read. Import again for them.</source>
        <translation> – توقّف؛ لم يُقرأ %1 من الصفوف. استورد من جديد لاستيرادها.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::InvoiceDialog</name>
    <message>
        <source>Invoice</source>
        <translation>فاتورة</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>إصدار</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>البنود</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>الكمية</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>السعر</translation>
    </message>
    <message>
        <source>Tax %</source>
        <translation>الضريبة %</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>المجموع</translation>
    </message>
    <message>
        <source>Service to add</source>
        <translation>خدمة تضاف</translation>
    </message>
    <message>
        <source>&amp;Add item</source>
        <translation>إضافة بند</translation>
    </message>
    <message>
        <source>&amp;Remove item</source>
        <translation>إزالة بند</translation>
    </message>
    <message>
        <source>Keep as &amp;draft</source>
        <translation>حفظ كمسودة</translation>
    </message>
    <message>
        <source>Total %1 (tax %2)</source>
        <translation>المجموع %1 (الضريبة %2)</translation>
    </message>
    <message>
        <source>Invoice %1 issued.</source>
        <translation>صدرت الفاتورة %1.</translation>
    </message>
    <message>
        <source>Draft kept.</source>
        <translation>حُفظت المسودة.</translation>
    </message>
    <message>
        <source>%1, issued %2</source>
        <translation>%1، صدرت في %2</translation>
    </message>
    <message>
        <source>Total (tax %1)</source>
        <translation>المجموع (الضريبة %1)</translation>
    </message>
    <message>
        <source>Payments and credits</source>
        <translation>المدفوعات والخصومات</translation>
    </message>
    <message>
        <source>refund: %1</source>
        <translation>رد: %1</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>إيصال</translation>
    </message>
    <message>
        <source>Print receipt %1 again</source>
        <translation>طباعة الإيصال %1 من جديد</translation>
    </message>
    <message>
        <source>Credit note %1: %2</source>
        <translation>إشعار دائن %1: %2</translation>
    </message>
    <message>
        <source>Nothing paid yet.</source>
        <translation>لم يُدفع شيء بعد.</translation>
    </message>
    <message>
        <source>To pay: %1</source>
        <translation>المطلوب دفعه: %1</translation>
    </message>
    <message>
        <source>In credit: %1</source>
        <translation>رصيد دائن: %1</translation>
    </message>
    <message>
        <source>Paid in full</source>
        <translation>مدفوعة بالكامل</translation>
    </message>
    <message>
        <source>&amp;Print invoice</source>
        <translation>طباعة الفاتورة</translation>
    </message>
    <message>
        <source>Re&amp;fund</source>
        <translation>رد مبلغ</translation>
    </message>
    <message>
        <source>&amp;Credit note</source>
        <translation>إشعار دائن</translation>
    </message>
    <message>
        <source>Take &amp;payment</source>
        <translation>استلام دفعة</translation>
    </message>
    <message>
        <source>%1 taken.</source>
        <translation>استُلم %1.</translation>
    </message>
    <message>
        <source>Left on the draft when %1 was issued from it. Issue it as an invoice of its own, or remove it.</source>
        <translation>بقي في المسودة حين أُصدرت منها الفاتورة %1. أصدِره كفاتورة مستقلة، أو احذفه.</translation>
    </message>
    <message>
        <source>Draft removed.</source>
        <translation>حُذفت المسودة.</translation>
    </message>
    <message>
        <source>%1 taken, change %2.</source>
        <translation>قُبض %1، والباقي %2.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::KeepDialog</name>
    <message>
        <source>&amp;Everything, also branches that come later</source>
        <translation>كل شيء، وكذلك الفروع التي تضاف لاحقًا</translation>
    </message>
    <message>
        <source>&amp;Only these branches:</source>
        <translation>هذه الفروع فقط:</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>كل شيء</translation>
    </message>
</context>
<context>
    <name>clinic::gui::KioskPage</name>
    <message>
        <source>Welcome, %1</source>
        <translation>أهلًا، %1</translation>
    </message>
    <message>
        <source>My appointments</source>
        <translation>مواعيدي</translation>
    </message>
    <message>
        <source>Book a place</source>
        <translation>حجز مكان</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>أُلغي.</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>إلغاء %1</translation>
    </message>
    <message>
        <source>You have no appointments.</source>
        <translation>ليست لديك مواعيد.</translation>
    </message>
    <message>
        <source>Nothing is free just now. Please ask at the desk.</source>
        <translation>لا شيء متاح الآن. اسأل في الاستقبال من فضلك.</translation>
    </message>
    <message>
        <source>Booked for %1.</source>
        <translation>حُجز في %1.</translation>
    </message>
    <message>
        <source>Asking whether %1 is still free …</source>
        <translation>يجري السؤال عمّا إذا كان %1 لا يزال متاحًا …</translation>
    </message>
    <message>
        <source>Somebody else has just taken %1. Please choose another time.</source>
        <translation>حجز شخص آخر %1 للتو. يرجى اختيار وقت آخر.</translation>
    </message>
    <message>
        <source>Noted for %1, but not confirmed yet. Please ask at the desk.</source>
        <translation>سُجّل لـ %1، لكنه لم يؤكَّد بعد. يرجى السؤال في الاستقبال.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::LeaseDialog</name>
    <message>
        <source>Work without the network</source>
        <translation>العمل بدون شبكة</translation>
    </message>
    <message>
        <source>&amp;Keep these times</source>
        <translation>احتفظ بهذه الأوقات</translation>
    </message>
    <message>
        <source>The server keeps the times you choose for this PC. What is booked in them here is certain at once, also while the server is not reached; nobody else can book them.</source>
        <translation>يحتفظ الخادم لهذا الحاسوب بالأوقات التي تختارها. ما يُحجز فيها هنا مؤكد فورًا، حتى حين لا يمكن الوصول إلى الخادم، ولا يستطيع غيره حجزها.</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Kept for this PC</source>
        <translation>محفوظ لهذا الحاسوب</translation>
    </message>
    <message>
        <source>&amp;Give back</source>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>What</source>
        <translation>ماذا</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Nothing is kept for this PC.</source>
        <translation>لا شيء محفوظ لهذا الحاسوب.</translation>
    </message>
    <message>
        <source>In another branch</source>
        <translation>في فرع آخر</translation>
    </message>
    <message numerus="yes">
        <source>At most %n day(s), and the last one not before the first.</source>
        <translation>
            <numerusform>لا أيام.</numerusform>
            <numerusform>يوم واحد على الأكثر، وليس اليوم الأخير قبل الأول.</numerusform>
            <numerusform>يومان على الأكثر، وليس اليوم الأخير قبل الأول.</numerusform>
            <numerusform>%n أيام على الأكثر، وليس اليوم الأخير قبل الأول.</numerusform>
            <numerusform>%n يومًا على الأكثر، وليس اليوم الأخير قبل الأول.</numerusform>
            <numerusform>%n يوم على الأكثر، وليس اليوم الأخير قبل الأول.</numerusform>
        </translation>
    </message>
    <message>
        <source>That is too much at once. Choose fewer days or fewer people.</source>
        <translation>هذا كثير دفعة واحدة. اختر أيامًا أقل أو أشخاصًا أقل.</translation>
    </message>
    <message>
        <source>These times are kept for this PC already.</source>
        <translation>هذه الأوقات محفوظة لهذا الحاسوب من قبل.</translation>
    </message>
    <message>
        <source>The server keeps these times for this PC. What was booked in them before stays booked.</source>
        <translation>يحتفظ الخادم بهذه الأوقات لهذا الحاسوب. ما حُجز فيها من قبل يبقى محجوزًا.</translation>
    </message>
    <message>
        <source>Given back: others can book these times again.</source>
        <translation>أُعيدت: يستطيع الآخرون حجز هذه الأوقات من جديد.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::ListView</name>
    <message>
        <source>Loading …</source>
        <translation>جارٍ التحميل …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Show only rows with …</source>
        <translation>أظهر فقط الصفوف التي فيها …</translation>
    </message>
    <message>
        <source>Filter: %1</source>
        <translation>ترشيح: %1</translation>
    </message>
    <message>
        <source>Filter …</source>
        <translation>ترشيح …</translation>
    </message>
</context>
<context>
    <name>clinic::gui::LoginPage</name>
    <message>
        <source>Demo clinic: invented people, nothing here is real.</source>
        <translation>عيادة تجريبية: أشخاص مختلَقون، ولا شيء هنا حقيقي.</translation>
    </message>
    <message>
        <source>Please sign in.</source>
        <translation>سجّل الدخول من فضلك.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>Locked. %1 is still signed in, and nothing that was being typed is lost.</source>
        <translation>مقفل. ما زال %1 مسجّل الدخول، ولم يضع شيء مما كان يُكتب.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>فتح القفل</translation>
    </message>
    <message>
        <source>Sign in as</source>
        <translation>الدخول باسم</translation>
    </message>
    <message>
        <source>Caps lock seems to be on.</source>
        <translation>يبدو أن مفتاح الأحرف الكبيرة يعمل.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>التشغيل الفعلي</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>اختبار</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>تطوير</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>البيئة</translation>
    </message>
</context>
<context>
    <name>clinic::gui::MainWindow</name>
    <message>
        <source>ClinicDesk – Demo</source>
        <translation>ClinicDesk – تجريبي</translation>
    </message>
    <message>
        <source>ClinicDesk</source>
        <translation>ClinicDesk</translation>
    </message>
    <message>
        <source>TESTING – nothing here is real</source>
        <translation>بيئة اختبار – لا شيء هنا حقيقي</translation>
    </message>
    <message>
        <source>DEVELOPMENT – nothing here is real</source>
        <translation>بيئة تطوير – لا شيء هنا حقيقي</translation>
    </message>
    <message>
        <source>never</source>
        <translation>أبدًا</translation>
    </message>
    <message>
        <source>Backup failed: %1 Last good backup: %2</source>
        <translation>فشل النسخ الاحتياطي: %1 آخر نسخة سليمة: %2</translation>
    </message>
    <message>
        <source>Everything is saved on this PC · last good backup %1</source>
        <translation>كل شيء محفوظ على هذا الجهاز · آخر نسخة سليمة %1</translation>
    </message>
    <message>
        <source>Your clinic is ready. Sign in with the name and password you just chose.</source>
        <translation>عيادتك جاهزة. سجّل الدخول بالاسم وكلمة المرور اللذين اخترتهما للتو.</translation>
    </message>
    <message>
        <source>Search patients, screens, actions …   Ctrl+K</source>
        <translation>ابحث عن مرضى أو شاشات أو إجراءات …   Ctrl+K</translation>
    </message>
    <message>
        <source>Search patients, screens and actions</source>
        <translation>البحث عن المرضى والشاشات والإجراءات</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>الحساب</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>الشاشات</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Everything is saved on this PC</source>
        <translation>كل شيء محفوظ على هذا الجهاز</translation>
    </message>
    <message>
        <source>&amp;Go to …</source>
        <translation>انتقل إلى …</translation>
    </message>
    <message>
        <source>Go &amp;back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>&amp;Lock</source>
        <translation>قفل</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>تسجيل الخروج</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>إنهاء البرنامج</translation>
    </message>
    <message>
        <source>&amp;Why can I not do this?</source>
        <translation>لماذا لا أستطيع هذا؟</translation>
    </message>
    <message>
        <source>&amp;About ClinicDesk</source>
        <translation>عن ClinicDesk</translation>
    </message>
    <message>
        <source>About ClinicDesk</source>
        <translation>عن ClinicDesk</translation>
    </message>
    <message>
        <source>ClinicDesk %1
Profile: %2
File: %3</source>
        <translation>ClinicDesk %1
البيئة: %2
الملف: %3</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>My account</source>
        <translation>حسابي</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>قفل</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>تسجيل الخروج</translation>
    </message>
    <message>
        <source>Sign out?</source>
        <translation>تسجيل الخروج؟</translation>
    </message>
    <message>
        <source>A form is open. What you typed is kept as a draft and waits for you on Today.</source>
        <translation>هناك نموذج مفتوح. ما كتبته محفوظ كمسودة وينتظرك في شاشة اليوم.</translation>
    </message>
    <message>
        <source>You may do everything there is.</source>
        <translation>يحق لك كل شيء.</translation>
    </message>
    <message>
        <source>Why can I not do this?</source>
        <translation>لماذا لا أستطيع هذا؟</translation>
    </message>
    <message>
        <source>What is missing?</source>
        <translation>ما الذي ينقصك؟</translation>
    </message>
    <message>
        <source>%1 registered with number %2.</source>
        <translation>سُجّل %1 بالرقم %2.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>حُفظ.</translation>
    </message>
    <message>
        <source>As it was before.</source>
        <translation>كما كان من قبل.</translation>
    </message>
    <message>
        <source>Booked for %1.</source>
        <translation>حُجز في %1.</translation>
    </message>
    <message>
        <source>Booking taken back.</source>
        <translation>أُلغي الحجز.</translation>
    </message>
    <message>
        <source>Import patients</source>
        <translation>استيراد مرضى</translation>
    </message>
    <message>
        <source>Lists (*.csv *.txt *.tsv *.xlsx)</source>
        <translation>قوائم (*.csv *.txt *.tsv *.xlsx)</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>الفرع</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>نافذة جديدة</translation>
    </message>
    <message>
        <source>Widget &amp;gallery</source>
        <translation>معرض العناصر</translation>
    </message>
    <message>
        <source>Moved to %1.</source>
        <translation>نُقل إلى %1.</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Save the form</source>
        <translation>حفظ النموذج</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Open what is selected in a list</source>
        <translation>فتح ما هو محدد في القائمة</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Filter a list</source>
        <translation>ترشيح قائمة</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>مفاتيح الأسهم</translation>
    </message>
    <message>
        <source>Move through the calendar; with Alt, move the appointment</source>
        <translation>التنقل في التقويم، ومع Alt نقل الموعد</translation>
    </message>
    <message>
        <source>Shift+Up, Shift+Down</source>
        <translation>Shift+أعلى، Shift+أسفل</translation>
    </message>
    <message>
        <source>Shorten or lengthen the appointment</source>
        <translation>تقصير الموعد أو تطويله</translation>
    </message>
    <message>
        <source>A form is still open in another window. Save or close it before changing the branch.</source>
        <translation>لا تزال استمارة مفتوحة في نافذة أخرى. احفظها أو أغلقها قبل تغيير الفرع.</translation>
    </message>
    <message>
        <source>This PC has the hospital&apos;s data. Sign in as on any other.</source>
        <translation>بيانات المستشفى موجودة على هذا الجهاز. سجّل الدخول كما على أي جهاز آخر.</translation>
    </message>
    <message>
        <source>Booked here for %1; the server has not confirmed it yet.</source>
        <translation>حُجز هنا في %1، ولم يؤكده الخادم بعد.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) are saved on this PC and not on the server yet.</source>
        <translation>
            <numerusform>لا تغييرات محفوظة على هذا الجهاز فقط.</numerusform>
            <numerusform>تغيير واحد محفوظ على هذا الجهاز ولم يصل إلى الخادم بعد.</numerusform>
            <numerusform>تغييران محفوظان على هذا الجهاز ولم يصلا إلى الخادم بعد.</numerusform>
            <numerusform>%n تغييرات محفوظة على هذا الجهاز ولم تصل إلى الخادم بعد.</numerusform>
            <numerusform>%n تغييرًا محفوظًا على هذا الجهاز ولم يصل إلى الخادم بعد.</numerusform>
            <numerusform>%n تغيير محفوظ على هذا الجهاز ولم يصل إلى الخادم بعد.</numerusform>
        </translation>
    </message>
    <message>
        <source>They are sent as soon as the server is reached, whoever is signed in.</source>
        <translation>تُرسل فور الوصول إلى الخادم، أيًّا كان المستخدم.</translation>
    </message>
    <message>
        <source>Close ClinicDesk?</source>
        <translation>إغلاق ClinicDesk؟</translation>
    </message>
    <message>
        <source>They are sent when ClinicDesk runs and the server is reached.</source>
        <translation>تُرسل حين يعمل ClinicDesk ويُتاح الخادم.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) are on this PC and not on the server yet.</source>
        <translation>
            <numerusform>لا مستندات على هذا الحاسوب تنتظر الخادم.</numerusform>
            <numerusform>مستند واحد على هذا الحاسوب وليس على الخادم بعد.</numerusform>
            <numerusform>مستندان على هذا الحاسوب وليسا على الخادم بعد.</numerusform>
            <numerusform>%n مستندات على هذا الحاسوب وليست على الخادم بعد.</numerusform>
            <numerusform>%n مستندًا على هذا الحاسوب وليس على الخادم بعد.</numerusform>
            <numerusform>%n مستند على هذا الحاسوب وليس على الخادم بعد.</numerusform>
        </translation>
    </message>
    <message>
        <source>What you may do has changed.</source>
        <translation>تغيّر ما يُسمح لك به.</translation>
    </message>
    <message>
        <source>Go back to your own view</source>
        <translation>العودة إلى عرضك</translation>
    </message>
    <message>
        <source>You see what the role %1 sees. Nothing can be changed.</source>
        <translation>أنت ترى ما يراه الدور %1. لا يمكن تغيير شيء.</translation>
    </message>
    <message>
        <source>Your session was ended: on another PC, or because your account or its password was changed. What you had typed waits for you on Today.</source>
        <translation>أُنهيت جلستك: من جهاز آخر، أو لأن حسابك أو كلمة مروره تغيّرا. ما كتبته ينتظرك في شاشة «اليوم».</translation>
    </message>
    <message>
        <source>The chosen rows are copied.</source>
        <translation>نُسخت الصفوف المختارة.</translation>
    </message>
    <message>
        <source>Your role now applies to another branch: sign in there. What you had typed waits for you on Today.</source>
        <translation>صار دورك يسري في فرع آخر: سجّل الدخول هناك. ما كتبته ينتظرك في شاشة «اليوم».</translation>
    </message>
</context>
<context>
    <name>clinic::gui::PatientEditor</name>
    <message>
        <source>Change details</source>
        <translation>تغيير البيانات</translation>
    </message>
    <message>
        <source>Register patient</source>
        <translation>تسجيل مريض</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>تسجيل</translation>
    </message>
    <message>
        <source>&amp;Family name</source>
        <translation>اسم العائلة</translation>
    </message>
    <message>
        <source>&amp;Given names</source>
        <translation>الأسماء الأولى</translation>
    </message>
    <message>
        <source>Se&amp;x</source>
        <translation>الجنس</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>اختر من فضلك</translation>
    </message>
    <message>
        <source>&amp;Birth date or age</source>
        <translation>تاريخ الميلاد أو العمر</translation>
    </message>
    <message>
        <source>&amp;Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>البريد الإلكتروني</translation>
    </message>
    <message>
        <source>National &amp;ID</source>
        <translation>الهوية الوطنية</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>&amp;Remarks</source>
        <translation>ملاحظات</translation>
    </message>
    <message>
        <source>Is it one of these?</source>
        <translation>هل هو واحد من هؤلاء؟</translation>
    </message>
    <message>
        <source>a new patient</source>
        <translation>مريض جديد</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>فارغ</translation>
    </message>
    <message>
        <source>Stored now: %1
Yours: %2</source>
        <translation>المحفوظ الآن: %1
ما كتبته: %2</translation>
    </message>
    <message>
        <source>%1 is now “%2”; you typed “%3”. Save again to use yours.</source>
        <translation>أصبح «%1» الآن «%2»؛ وأنت كتبت «%3». احفظ من جديد لتستخدم ما كتبته.</translation>
    </message>
    <message>
        <source>21/7/1980, 1980, an age such as 45, 8 m or 3 w; ? when nobody knows</source>
        <translation>21/7/1980 أو 1980 أو عمر مثل 45 أو 8 أشهر أو 3 أسابيع؛ و؟ إذا كان لا أحد يعرف</translation>
    </message>
    <message>
        <source>Is the birth date right?</source>
        <translation>هل تاريخ الميلاد صحيح؟</translation>
    </message>
    <message numerus="yes">
        <source>%1: that makes %n year(s).</source>
        <translation>
            <numerusform>%1: أي أقل من سنة.</numerusform>
            <numerusform>%1: أي سنة واحدة.</numerusform>
            <numerusform>%1: أي سنتان.</numerusform>
            <numerusform>%1: أي %n سنوات.</numerusform>
            <numerusform>%1: أي %n سنة.</numerusform>
            <numerusform>%1: أي %n سنة.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is right</source>
        <translation>إنه صحيح</translation>
    </message>
</context>
<context>
    <name>clinic::gui::PatientPicker</name>
    <message>
        <source>Name, telephone or number</source>
        <translation>الاسم أو الهاتف أو الرقم</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Patients found</source>
        <translation>المرضى الذين عُثر عليهم</translation>
    </message>
</context>
<context>
    <name>clinic::gui::PatientProfile</name>
    <message>
        <source>Add an allergy</source>
        <translation>إضافة حساسية</translation>
    </message>
    <message>
        <source>&amp;Substance</source>
        <translation>المادة</translation>
    </message>
    <message>
        <source>&amp;Reaction</source>
        <translation>رد الفعل</translation>
    </message>
    <message>
        <source>Se&amp;verity</source>
        <translation>الشدة</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>إضافة حالة مرضية</translation>
    </message>
    <message>
        <source>&amp;Condition</source>
        <translation>الحالة المرضية</translation>
    </message>
    <message>
        <source>&amp;Since</source>
        <translation>منذ</translation>
    </message>
    <message>
        <source>A year is enough</source>
        <translation>السنة وحدها تكفي</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>الملاحظة</translation>
    </message>
    <message>
        <source>Add a number</source>
        <translation>إضافة رقم</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>&amp;Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>Add a contact</source>
        <translation>إضافة جهة اتصال</translation>
    </message>
    <message>
        <source>&amp;Whose or where</source>
        <translation>لمن أو أين</translation>
    </message>
    <message>
        <source>Work, daughter, neighbour …</source>
        <translation>العمل، الابنة، الجار …</translation>
    </message>
    <message>
        <source>&amp;Number or address</source>
        <translation>الرقم أو العنوان</translation>
    </message>
    <message>
        <source>Add next of kin</source>
        <translation>إضافة قريب</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>&amp;Relationship</source>
        <translation>صلة القرابة</translation>
    </message>
    <message>
        <source>&amp;Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>Choose a photo</source>
        <translation>اختيار صورة</translation>
    </message>
    <message>
        <source>Pictures (*.jpg *.jpeg *.png)</source>
        <translation>صور (*.jpg *.jpeg *.png)</translation>
    </message>
    <message>
        <source>Photo saved.</source>
        <translation>حُفظت الصورة.</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>نظرة عامة</translation>
    </message>
    <message>
        <source>Parts of the record</source>
        <translation>أقسام السجل</translation>
    </message>
    <message>
        <source>When</source>
        <translation>متى</translation>
    </message>
    <message>
        <source>With</source>
        <translation>مع</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>الخدمة</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Appointments of this patient</source>
        <translation>مواعيد هذا المريض</translation>
    </message>
    <message>
        <source>No appointments yet.</source>
        <translation>لا مواعيد بعد.</translation>
    </message>
    <message>
        <source>Appointments</source>
        <translation>المواعيد</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>المجموع</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>المطلوب دفعه</translation>
    </message>
    <message>
        <source>Invoices of this patient</source>
        <translation>فواتير هذا المريض</translation>
    </message>
    <message>
        <source>No invoices yet.</source>
        <translation>لا فواتير بعد.</translation>
    </message>
    <message>
        <source>New invoice</source>
        <translation>فاتورة جديدة</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>كشف حساب</translation>
    </message>
    <message>
        <source>Billing</source>
        <translation>الفوترة</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>من</translation>
    </message>
    <message>
        <source>What</source>
        <translation>ماذا</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>تغيّر</translation>
    </message>
    <message>
        <source>History of changes</source>
        <translation>تاريخ التغييرات</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>لم يتغيّر شيء بعد.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>الصورة</translation>
    </message>
    <message>
        <source>Owes</source>
        <translation>عليه</translation>
    </message>
    <message>
        <source>In credit</source>
        <translation>له</translation>
    </message>
    <message>
        <source>&amp;Book</source>
        <translation>حجز</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>تعديل</translation>
    </message>
    <message>
        <source>&amp;Print history</source>
        <translation>طباعة التاريخ</translation>
    </message>
    <message>
        <source>Deactivate</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Reactivate</source>
        <translation>إعادة تفعيل</translation>
    </message>
    <message>
        <source>Deactivated: %1</source>
        <translation>موقوف: %1</translation>
    </message>
    <message>
        <source>Allergies: %1</source>
        <translation>الحساسيات: %1</translation>
    </message>
    <message>
        <source>Somebody else has the same name. Check the birth date.</source>
        <translation>لشخص آخر الاسم نفسه. تحقق من تاريخ الميلاد.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Removed from the record.</source>
        <translation>أُزيل من السجل.</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>إزالة %1</translation>
    </message>
    <message>
        <source>None recorded.</source>
        <translation>لا شيء مسجّل.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>إضافة: %1</translation>
    </message>
    <message>
        <source>Allergies</source>
        <translation>الحساسيات</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>الحالات المرضية</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>منذ %1</translation>
    </message>
    <message>
        <source>Coming appointments</source>
        <translation>المواعيد القادمة</translation>
    </message>
    <message>
        <source>None booked.</source>
        <translation>لا شيء محجوز.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>البيانات</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>البريد الإلكتروني</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>ملاحظات</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>تاريخ التسجيل</translation>
    </message>
    <message>
        <source>Add a photo</source>
        <translation>إضافة صورة</translation>
    </message>
    <message>
        <source>Change the photo</source>
        <translation>تغيير الصورة</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>الأرقام</translation>
    </message>
    <message>
        <source>Other contacts</source>
        <translation>جهات اتصال أخرى</translation>
    </message>
    <message>
        <source>Next of kin</source>
        <translation>أقرب الأقارب</translation>
    </message>
    <message>
        <source>Reactivated.</source>
        <translation>أُعيد التفعيل.</translation>
    </message>
    <message>
        <source>Deactivated. The record is kept and can be reactivated.</source>
        <translation>أُوقف. السجل محفوظ ويمكن إعادة تفعيله.</translation>
    </message>
    <message>
        <source>Deactivate this patient</source>
        <translation>إيقاف هذا المريض</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>لماذا؟</translation>
    </message>
    <message>
        <source>Moved away</source>
        <translation>انتقل من المنطقة</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>توفي</translation>
    </message>
    <message>
        <source>Registered twice</source>
        <translation>مسجّل مرتين</translation>
    </message>
    <message>
        <source>Two different values were entered for: %1.</source>
        <translation>أُدخلت قيمتان مختلفتان لـ: %1.</translation>
    </message>
    <message>
        <source>De&amp;cide …</source>
        <translation>اتخاذ القرار …</translation>
    </message>
    <message>
        <source>What other branches know of this patient (appointments, invoices, what is owed there) is not on this PC.</source>
        <translation>ما تعرفه الفروع الأخرى عن هذا المريض (المواعيد والفواتير والمستحق هناك) ليس على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>&amp;Fetch them</source>
        <translation>جلبها</translation>
    </message>
    <message>
        <source>The other branches&apos; part of the record is being fetched …</source>
        <translation>يجري جلب جزء السجل الموجود في الفروع الأخرى …</translation>
    </message>
    <message>
        <source>The record is complete.</source>
        <translation>السجل مكتمل.</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>المستندات</translation>
    </message>
    <message>
        <source>This PC is still loading the hospital&apos;s data: older entries of this record, allergies among them, may not be here yet.</source>
        <translation>ما زال هذا الحاسوب يحمّل بيانات المستشفى: قد لا تكون القيود الأقدم في هذا السجل، ومنها الحساسيات، قد وصلت بعد.</translation>
    </message>
    <message>
        <source>Who looked</source>
        <translation>من اطّلع</translation>
    </message>
    <message>
        <source>Export what the clinic has about this person</source>
        <translation>تصدير ما لدى العيادة عن هذا الشخص</translation>
    </message>
    <message>
        <source>FHIR (*.json)</source>
        <translation>FHIR (*.json)</translation>
    </message>
    <message>
        <source>Written, with a PDF beside it.</source>
        <translation>كُتب، وبجانبه ملف PDF.</translation>
    </message>
    <message>
        <source>E&amp;xport …</source>
        <translation>&amp;تصدير …</translation>
    </message>
    <message>
        <source>What the clinic has about this person, for this person: as a file for other programs (FHIR) and as a PDF</source>
        <translation>ما لدى العيادة عن هذا الشخص، له هو: ملف للبرامج الأخرى (FHIR) وملف PDF</translation>
    </message>
    <message>
        <source>Written, with a PDF and the documents beside it.</source>
        <translation>كُتب، ومعه ملف PDF والمستندات.</translation>
    </message>
    <message>
        <source>Some documents are on the server only and are fetched now; export again later to have them.</source>
        <translation>بعض المستندات موجود على الخادم فقط ويُجلب الآن؛ صدّر مرة أخرى لاحقاً للحصول عليها.</translation>
    </message>
    <message>
        <source>Other branches may have more.</source>
        <translation>قد يكون لدى الفروع الأخرى المزيد.</translation>
    </message>
    <message>
        <source>What was agreed to</source>
        <translation>ما تمت الموافقة عليه</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;سجّل</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>&amp;بخصوص</translation>
    </message>
    <message>
        <source>The &amp;person</source>
        <translation>ا&amp;لشخص</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>يوافق</translation>
    </message>
    <message>
        <source>Does not agree</source>
        <translation>لا يوافق</translation>
    </message>
    <message>
        <source>Said &amp;by</source>
        <translation>&amp;قاله</translation>
    </message>
    <message>
        <source>Only when somebody else said it: a parent, a guardian</source>
        <translation>فقط إن قاله غيره: أحد الوالدين أو الوصي</translation>
    </message>
    <message>
        <source>Where the signed form is, for example</source>
        <translation>مكان النموذج الموقع مثلاً</translation>
    </message>
    <message>
        <source>If somebody&apos;s care needs it now, you can open it for a while and say why.</source>
        <translation>إن تطلبت رعاية أحد ذلك الآن، يمكنك فتحه لمدة وذكر السبب.</translation>
    </message>
    <message>
        <source>Open in an e&amp;mergency …</source>
        <translation>فتح في حالة &amp;طارئة …</translation>
    </message>
    <message>
        <source>Opened in an emergency until %1. Somebody else will look at what was done.</source>
        <translation>فُتح في حالة طارئة حتى %1. سيراجع شخص آخر ما فُعل.</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>يوافق</translation>
    </message>
    <message>
        <source>does not agree</source>
        <translation>لا يوافق</translation>
    </message>
    <message>
        <source>Nobody has been asked yet.</source>
        <translation>لم يُسأل أحد بعد.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>تسجيل</translation>
    </message>
    <message>
        <source>Record what was agreed to</source>
        <translation>تسجيل ما تمت الموافقة عليه</translation>
    </message>
    <message>
        <source>Anonymise this patient</source>
        <translation>إخفاء هوية هذا المريض</translation>
    </message>
    <message>
        <source>Names, telephone, address, numbers, kin, picture, documents and everything typed as text are taken out of this record, here and on every other PC. What remains: sex, year of birth, allergies, conditions, times of appointments and issued papers. There is no way back.

Check first that no law wants it kept.</source>
        <translation>تُحذف من هذا السجل الأسماء والهاتف والعنوان والأرقام والأقارب والصورة والمستندات وكل ما كُتب نصًا، هنا وعلى كل حاسوب آخر. يبقى: الجنس وسنة الميلاد والحساسيات والحالات المرضية وأوقات المواعيد والأوراق الصادرة. لا رجعة في ذلك.

تأكد أولاً من أن القانون لا يوجب الاحتفاظ به.</translation>
    </message>
    <message>
        <source>Anonymise</source>
        <translation>إخفاء الهوية</translation>
    </message>
    <message>
        <source>A&amp;nonymise …</source>
        <translation>إ&amp;خفاء الهوية …</translation>
    </message>
    <message>
        <source>A&amp;nonymise again …</source>
        <translation>إ&amp;خفاء الهوية مجددًا …</translation>
    </message>
    <message>
        <source>Anonymised on %1: nobody knows any more who this was.</source>
        <translation>أُخفيت الهوية في %1: لم يعد أحد يعرف من كان هذا.</translation>
    </message>
    <message>
        <source>Archived: nothing was done for a long time.</source>
        <translation>مؤرشف: لم يحدث شيء منذ زمن طويل.</translation>
    </message>
    <message>
        <source>Date of death (a day or a year; ? if not known)</source>
        <translation>تاريخ الوفاة (يوم أو سنة، أو ؟ إن لم يُعرف)</translation>
    </message>
    <message>
        <source>%1 %2 is also in the record of %3 (%4).</source>
        <translation>%1 %2 موجود أيضًا في سجل %3 (%4).</translation>
    </message>
    <message>
        <source>The record opens to you when this patient is booked with you. An administrator can change what your role reaches.</source>
        <translation>يُفتح لك السجل عندما يُحجز لهذا المريض موعد عندك. ويستطيع المدير تغيير ما يصل إليه دورك.</translation>
    </message>
    <message>
        <source>The record is anonymised.</source>
        <translation>أُخفيت هوية السجل.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::PatientsPage</name>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Age and sex</source>
        <translation>العمر والجنس</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>تاريخ الميلاد</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>آخر زيارة</translation>
    </message>
    <message>
        <source>Deactivated</source>
        <translation>موقوف</translation>
    </message>
    <message>
        <source>Patients found</source>
        <translation>المرضى الذين عُثر عليهم</translation>
    </message>
    <message>
        <source>Name in any order, telephone, number, ID or birth date</source>
        <translation>الاسم بأي ترتيب، أو الهاتف أو الرقم أو الهوية أو تاريخ الميلاد</translation>
    </message>
    <message>
        <source>Search patients</source>
        <translation>البحث عن المرضى</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>المرضى</translation>
    </message>
    <message>
        <source>Register patient</source>
        <translation>تسجيل مريض</translation>
    </message>
    <message>
        <source>Nobody is registered yet.</source>
        <translation>لا أحد مسجّل بعد.</translation>
    </message>
    <message>
        <source>Register the first patient</source>
        <translation>سجّل أول مريض</translation>
    </message>
    <message>
        <source>Nobody found for “%1”. Try part of the name, or the end of the telephone number.</source>
        <translation>لم يُعثر على أحد باسم «%1». جرّب جزءًا من الاسم أو آخر رقم الهاتف.</translation>
    </message>
    <message>
        <source>Register as a new patient</source>
        <translation>التسجيل كمريض جديد</translation>
    </message>
    <message>
        <source>Nobody found for “%1” so far. This PC is still loading the hospital&apos;s data; whoever is not here yet cannot be found.</source>
        <translation>لم يُعثر على أحد باسم «%1» حتى الآن. ما زال هذا الحاسوب يحمّل بيانات المستشفى؛ ومن لم يصل بعد لا يمكن العثور عليه.</translation>
    </message>
    <message>
        <source>The hospital&apos;s records are still coming to this PC.</source>
        <translation>ما زالت سجلات المستشفى في طريقها إلى هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Not yours</source>
        <translation>ليس لك</translation>
    </message>
    <message>
        <source>Outside of what your role reaches: only who it is, until it is opened in an emergency</source>
        <translation>خارج ما يصل إليه دورك: لا يظهر إلا من هو، حتى يُفتح في حالة طارئة</translation>
    </message>
</context>
<context>
    <name>clinic::gui::PaymentDialog</name>
    <message>
        <source>Take payment</source>
        <translation>استلام دفعة</translation>
    </message>
    <message>
        <source>%1 · to pay %2</source>
        <translation>%1 · المطلوب %2</translation>
    </message>
    <message>
        <source>&amp;Amount</source>
        <translation>المبلغ</translation>
    </message>
    <message>
        <source>&amp;Method</source>
        <translation>الطريقة</translation>
    </message>
    <message>
        <source>&amp;Reference</source>
        <translation>المرجع</translation>
    </message>
    <message>
        <source>Card slip or transfer number, if there is one</source>
        <translation>رقم قسيمة البطاقة أو التحويل إن وُجد</translation>
    </message>
    <message>
        <source>Change: %1</source>
        <translation>الباقي: %1</translation>
    </message>
</context>
<context>
    <name>clinic::gui::ProofDialog</name>
    <message>
        <source>Is it you?</source>
        <translation>هل هذا أنت؟</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;متابعة</translation>
    </message>
    <message>
        <source>Co&amp;de or password</source>
        <translation>الر&amp;مز أو كلمة المرور</translation>
    </message>
    <message>
        <source>Their &amp;password</source>
        <translation>&amp;كلمة مروره</translation>
    </message>
    <message>
        <source>Somebody else approves</source>
        <translation>شخص آخر يوافق</translation>
    </message>
    <message>
        <source>I show it myself</source>
        <translation>أثبت ذلك بنفسي</translation>
    </message>
    <message>
        <source>This window has been open for a while. Type the six digits your authenticator app shows, or one of your codes on paper.</source>
        <translation>هذه النافذة مفتوحة منذ مدة. اكتب الأرقام الستة التي يعرضها تطبيق المصادقة، أو أحد رموزك الورقية.</translation>
    </message>
    <message>
        <source>This window has been open for a while. Type your password once more.</source>
        <translation>هذه النافذة مفتوحة منذ مدة. اكتب كلمة مرورك مرة أخرى.</translation>
    </message>
    <message>
        <source>You have no second factor. Somebody else who may do this approves it, or you set one up under My account.</source>
        <translation>ليس لديك عامل ثانٍ. يوافق شخص آخر مخوّل بذلك، أو تُعِدّ عاملًا ثانيًا في «حسابي».</translation>
    </message>
    <message>
        <source>Th&amp;eir code</source>
        <translation>&amp;رمزه</translation>
    </message>
    <message>
        <source>Of their authenticator app or on paper, if they have one</source>
        <translation>من تطبيق المصادقة الخاص به أو على الورق، إن كان لديه</translation>
    </message>
    <message>
        <source>You have no second factor. The server sends you a code, or somebody else who may do this approves it.</source>
        <translation>ليس لديك عامل ثانٍ. يرسل إليك الخادم رمزًا، أو يوافق شخص آخر يحق له ذلك.</translation>
    </message>
    <message>
        <source>Send me a code by e-mail</source>
        <translation>أرسل إليّ رمزًا بالبريد الإلكتروني</translation>
    </message>
    <message>
        <source>Send me a code by text message</source>
        <translation>أرسل إليّ رمزًا برسالة نصية</translation>
    </message>
    <message>
        <source>&amp;User name of the approver</source>
        <translation>اسم &amp;مستخدم الموافق</translation>
    </message>
    <message>
        <source>A code was sent to %1. Type it here within ten minutes.</source>
        <translation>أُرسل رمز إلى %1. اكتبه هنا خلال عشر دقائق.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::RecoveryDialog</name>
    <message>
        <source>Recovery key</source>
        <translation>مفتاح الاستعادة</translation>
    </message>
    <message>
        <source>&amp;Make a new one</source>
        <translation>إنشاء مفتاح &amp;جديد</translation>
    </message>
    <message>
        <source>The clinic&apos;s file on each PC is sealed, and so are its backups. The recovery key on paper opens them when keychain and passwords are lost, on a new PC as well. Keep it where you keep the clinic&apos;s contracts: whoever has it and a copy of the file can read everything.</source>
        <translation>ملف العيادة على كل حاسوب مختوم، وكذلك نسخه الاحتياطية. يفتحها مفتاح الاستعادة المطبوع إذا فُقدت سلسلة المفاتيح وكلمات المرور، وعلى حاسوب جديد أيضًا. احفظه حيث تحفظ عقود العيادة: من لديه المفتاح ونسخة من الملف يستطيع قراءة كل شيء.</translation>
    </message>
    <message>
        <source>There is a recovery key. With a new one the old paper opens nothing any more: on this PC at once, on the others from their next sign-in on. Backups made before keep the old one.</source>
        <translation>يوجد مفتاح استعادة. بعد إنشاء مفتاح جديد لا تفتح الورقة القديمة شيئًا: على هذا الحاسوب فورًا، وعلى غيره ابتداءً من تسجيل الدخول التالي. النسخ الاحتياطية السابقة تحتفظ بالمفتاح القديم.</translation>
    </message>
    <message>
        <source>There is no recovery key yet.</source>
        <translation>لا يوجد مفتاح استعادة بعد.</translation>
    </message>
    <message>
        <source>Your &amp;password</source>
        <translation>كلمة مرو&amp;رك</translation>
    </message>
    <message>
        <source>Recovery key of ClinicDesk</source>
        <translation>مفتاح استعادة ClinicDesk</translation>
    </message>
    <message>
        <source>Opens the clinic&apos;s sealed files and backups when keychain and passwords are lost.</source>
        <translation>يفتح ملفات العيادة المختومة ونسخها الاحتياطية إذا فُقدت سلسلة المفاتيح وكلمات المرور.</translation>
    </message>
    <message>
        <source>Keep this sheet where you keep the clinic&apos;s contracts, and no copy of it on a PC. It is not shown again; an administrator can make another one, which ends this one.</source>
        <translation>احفظ هذه الورقة حيث تحفظ عقود العيادة، ولا تحتفظ بنسخة منها على حاسوب. لن يُعرض المفتاح مرة أخرى؛ ويستطيع المدير إنشاء مفتاح آخر يُنهي هذا.</translation>
    </message>
    <message>
        <source>Made on %1.</source>
        <translation>أُنشئ في %1.</translation>
    </message>
    <message>
        <source>This demo is not sealed: there is nobody&apos;s data in it.</source>
        <translation>هذه النسخة التجريبية غير مختومة: ليس فيها بيانات أحد.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::RefundDialog</name>
    <message>
        <source>Refund</source>
        <translation>رد مبلغ</translation>
    </message>
    <message>
        <source>Credit note</source>
        <translation>إشعار دائن</translation>
    </message>
    <message>
        <source>Pay back</source>
        <translation>رد المبلغ</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>إصدار</translation>
    </message>
    <message>
        <source>&amp;Item</source>
        <translation>البند</translation>
    </message>
    <message>
        <source>&amp;Amount</source>
        <translation>المبلغ</translation>
    </message>
    <message>
        <source>&amp;Method</source>
        <translation>الطريقة</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>A&amp;pproved by (user name)</source>
        <translation>وافق عليه (اسم المستخدم)</translation>
    </message>
    <message>
        <source>Somebody else who may approve refunds</source>
        <translation>شخص آخر يحق له الموافقة على الرد</translation>
    </message>
    <message>
        <source>Their pass&amp;word</source>
        <translation>كلمة مروره</translation>
    </message>
    <message>
        <source>Th&amp;eir code</source>
        <translation>&amp;رمزه</translation>
    </message>
    <message>
        <source>Of their authenticator app or on paper, if they have one</source>
        <translation>من تطبيق المصادقة الخاص به أو على الورق، إن كان لديه</translation>
    </message>
</context>
<context>
    <name>clinic::gui::RetentionDialog</name>
    <message>
        <source>Retention rules</source>
        <translation>قواعد الاحتفاظ</translation>
    </message>
    <message>
        <source>&amp;Do it</source>
        <translation>&amp;نفّذ</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation>آخر تغيير</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>ما يحدث</translation>
    </message>
    <message>
        <source>Anonymised</source>
        <translation>أُخفيت الهوية</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>مؤرشف</translation>
    </message>
    <message>
        <source>Whom the rules apply to</source>
        <translation>من تنطبق عليهم القواعد</translation>
    </message>
    <message>
        <source>Archived %1 years after the last visit, payment or change.</source>
        <translation>يؤرشف بعد %1 سنوات من آخر زيارة أو دفعة أو تغيير.</translation>
    </message>
    <message>
        <source>Nobody is archived.</source>
        <translation>لا يؤرشف أحد.</translation>
    </message>
    <message>
        <source>Anonymised %1 years after it; there is no way back from that.</source>
        <translation>تُخفى الهوية بعد %1 سنوات من ذلك؛ ولا رجعة فيه.</translation>
    </message>
    <message>
        <source>Nobody is anonymised.</source>
        <translation>لا تُخفى هوية أحد.</translation>
    </message>
    <message>
        <source>The rules apply to nobody today.</source>
        <translation>لا تنطبق القواعد على أحد اليوم.</translation>
    </message>
    <message>
        <source>There are no rules yet: set the years under Settings.</source>
        <translation>لا توجد قواعد بعد: حدد السنوات في الإعدادات.</translation>
    </message>
    <message>
        <source>There are more; they are shown when these are done.</source>
        <translation>هناك المزيد؛ يظهرون بعد الانتهاء من هؤلاء.</translation>
    </message>
    <message>
        <source>Apply the retention rules</source>
        <translation>تطبيق قواعد الاحتفاظ</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>تطبيق</translation>
    </message>
    <message numerus="yes">
        <source>%n patient(s) done.</source>
        <translation>
            <numerusform>لم يُنجز أي مريض.</numerusform>
            <numerusform>أُنجز مريض واحد.</numerusform>
            <numerusform>أُنجز مريضان.</numerusform>
            <numerusform>أُنجز %n مرضى.</numerusform>
            <numerusform>أُنجز %n مريضًا.</numerusform>
            <numerusform>أُنجز %n مريض.</numerusform>
        </translation>
    </message>
    <message>
        <source>Patients with a coming appointment or an open balance are left out. The numbers of years are in the settings.</source>
        <translation>يُستثنى المرضى الذين لهم موعد قادم أو رصيد مفتوح. أعداد السنين في الإعدادات.</translation>
    </message>
    <message>
        <source>%1 patients are anonymised, which cannot be undone, and %2 archived. Each is recorded in the audit.</source>
        <translation>تُخفى هوية %1 من المرضى، ولا رجعة في ذلك، ويؤرشف %2. ويُسجَّل كل منهم في سجل التدقيق.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::SchedulePage</name>
    <message>
        <source>My schedule</source>
        <translation>جدولي</translation>
    </message>
    <message>
        <source>You are not a practitioner of this branch, so there is nothing to keep here.</source>
        <translation>لست ممارسًا في هذا الفرع، فلا شيء لحفظه هنا.</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>أوقات العمل</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>إجازة</translation>
    </message>
    <message>
        <source>No leave entered.</source>
        <translation>لا إجازات مسجّلة.</translation>
    </message>
    <message>
        <source>Add the first</source>
        <translation>أضف الأول</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>إضافة: %1</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>حُفظ.</translation>
    </message>
    <message>
        <source>No working hours yet: you can be booked at any time; free places are offered from 08:00 to 17:00.</source>
        <translation>لا ساعات عمل بعد: يمكن الحجز لديك في أي وقت، وتُعرض الأماكن الشاغرة من 08:00 إلى 17:00.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
</context>
<context>
    <name>clinic::gui::SecondFactorDialog</name>
    <message>
        <source>Second factor</source>
        <translation>العامل الثاني</translation>
    </message>
    <message>
        <source>New codes on paper</source>
        <translation>رموز ورقية جديدة</translation>
    </message>
    <message>
        <source>&amp;Switch it on</source>
        <translation>تفعيل</translation>
    </message>
    <message>
        <source>&amp;Make them</source>
        <translation>إنشاؤها</translation>
    </message>
    <message>
        <source>&amp;Switch it off</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Your &amp;password</source>
        <translation>كلمة مرورك</translation>
    </message>
    <message>
        <source>Six &amp;digits from the app</source>
        <translation>ستة أرقام من التطبيق</translation>
    </message>
    <message>
        <source>The secret as a picture for authenticator apps</source>
        <translation>السر كصورة لتطبيقات المصادقة</translation>
    </message>
    <message>
        <source>The same as &amp;text</source>
        <translation>نفسه كنص</translation>
    </message>
    <message>
        <source>The second factor is off.</source>
        <translation>العامل الثاني متوقف.</translation>
    </message>
    <message>
        <source>Codes instead of the telephone</source>
        <translation>رموز بدلًا من الهاتف</translation>
    </message>
    <message>
        <source>ClinicDesk, %1</source>
        <translation>ClinicDesk، %1</translation>
    </message>
    <message>
        <source>Codes on paper</source>
        <translation>رموز ورقية</translation>
    </message>
    <message>
        <source>Switch off the second factor</source>
        <translation>إيقاف العامل الثاني</translation>
    </message>
    <message>
        <source>Somebody who knows your password then needs your telephone, too. Read the picture with an authenticator app (or type the text beside it), and type the six digits that the app shows.</source>
        <translation>من يعرف كلمة مرورك سيحتاج عندئذ إلى هاتفك أيضًا. اقرأ الصورة بتطبيق مصادقة (أو اكتب النص بجانبها)، ثم اكتب الأرقام الستة التي يعرضها التطبيق.</translation>
    </message>
    <message>
        <source>Ten new codes for when the telephone is not at hand. The old codes stop working.</source>
        <translation>عشرة رموز جديدة لحين لا يكون الهاتف في متناول اليد. وتتوقف الرموز القديمة عن العمل.</translation>
    </message>
    <message>
        <source>After that your password alone is enough to sign in.</source>
        <translation>بعد ذلك تكفي كلمة مرورك وحدها لتسجيل الدخول.</translation>
    </message>
    <message>
        <source>Each code works once, instead of the six digits. Keep them where you keep your passport; they are not shown again.</source>
        <translation>يعمل كل رمز مرة واحدة بدلًا من الأرقام الستة. احفظها حيث تحفظ جواز سفرك؛ فلن تُعرض ثانية.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::ServerDialog</name>
    <message>
        <source>The server&apos;s addresses</source>
        <translation>عناوين الخادم</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Several addresses are tried one after the other; all lead to the same server. Whatever answers there has to prove that it is yours before anything is sent.</source>
        <translation>تُجرَّب العناوين واحدًا بعد الآخر، وكلها تؤدي إلى الخادم نفسه. وعلى ما يجيب هناك أن يثبت أنه خادمكم قبل إرسال أي شيء.</translation>
    </message>
    <message>
        <source>&amp;Addresses, one a line</source>
        <translation>العناوين، عنوان في كل سطر</translation>
    </message>
    <message>
        <source>&amp;Fingerprint of its certificate (SHA-256)</source>
        <translation>بصمة شهادته (SHA-256)</translation>
    </message>
    <message>
        <source>As the server prints it when it starts. Empty: an authority vouches for the certificate.</source>
        <translation>كما يطبعها الخادم عند بدئه. فارغة: تضمن الشهادةَ جهةُ تصديق.</translation>
    </message>
    <message>
        <source>&amp;Certificate of your own authority (PEM), if it has one</source>
        <translation>شهادة جهة التصديق الخاصة بكم (PEM) إن وُجدت</translation>
    </message>
    <message>
        <source>&amp;Try them</source>
        <translation>تجربتها</translation>
    </message>
    <message>
        <source>Trying …</source>
        <translation>جارٍ التجربة …</translation>
    </message>
    <message>
        <source>%1 answers.</source>
        <translation>%1 يجيب.</translation>
    </message>
    <message>
        <source>%1 does not answer: %2</source>
        <translation>%1 لا يجيب: %2</translation>
    </message>
</context>
<context>
    <name>clinic::gui::ServerIndicator</name>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>لا شيء للبت فيه</numerusform>
            <numerusform>واحد للبت فيه</numerusform>
            <numerusform>اثنان للبت فيهما</numerusform>
            <numerusform>%n للبت فيها</numerusform>
            <numerusform>%n للبت فيها</numerusform>
            <numerusform>%n للبت فيها</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1</source>
        <translation>الخادم: %1</translation>
    </message>
</context>
<context>
    <name>clinic::gui::SettingsPage</name>
    <message>
        <source>80 mm receipt</source>
        <translation>إيصال 80 مم</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>مثل النظام</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>تباين عالٍ</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>حُفظ.</translation>
    </message>
    <message>
        <source>These settings apply to everybody in the hospital. What a person chooses under My account takes precedence.</source>
        <translation>تسري هذه الإعدادات على كل من في المستشفى. ويتقدم عليها ما يختاره الشخص في «حسابي».</translation>
    </message>
</context>
<context>
    <name>clinic::gui::SetupDialog</name>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
</context>
<context>
    <name>clinic::gui::SetupPage</name>
    <message>
        <source>Hospital</source>
        <translation>المستشفى</translation>
    </message>
    <message>
        <source>Branches</source>
        <translation>الفروع</translation>
    </message>
    <message>
        <source>Practitioners</source>
        <translation>الممارسون</translation>
    </message>
    <message>
        <source>Rooms and equipment</source>
        <translation>الغرف والأجهزة</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>أوقات العمل</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>إجازة</translation>
    </message>
    <message>
        <source>Services and prices</source>
        <translation>الخدمات والأسعار</translation>
    </message>
    <message>
        <source>Code lists</source>
        <translation>قوائم الرموز</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>الغرفة</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>الجهاز</translation>
    </message>
    <message>
        <source>Practitioner</source>
        <translation>الممارس</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>not here yet</source>
        <translation>لم يصل بعد</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>الإعداد</translation>
    </message>
    <message>
        <source>Kinds of set-up data</source>
        <translation>أنواع بيانات الإعداد</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Nothing here yet.</source>
        <translation>لا شيء هنا بعد.</translation>
    </message>
    <message>
        <source>Add the first</source>
        <translation>أضف الأول</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>حُفظ.</translation>
    </message>
    <message>
        <source>No working hours yet: everybody can be booked at any time; free places are offered from 08:00 to 17:00.</source>
        <translation>لا ساعات عمل بعد: يمكن الحجز لدى الجميع في أي وقت، وتُعرض الأماكن الشاغرة من 08:00 إلى 17:00.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>أُزيل.</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>أُزيل</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>إ&amp;زالة</translation>
    </message>
</context>
<context>
    <name>clinic::gui::SetupWizard</name>
    <message>
        <source>Welcome to ClinicDesk</source>
        <translation>أهلًا بك في ClinicDesk</translation>
    </message>
    <message>
        <source>A minute for the basics. Everything can be changed later under Set-up; only the currency is for good.</source>
        <translation>دقيقة واحدة للأساسيات. يمكن تغيير كل شيء لاحقًا من شاشة الإعداد، ما عدا العملة فهي دائمة.</translation>
    </message>
    <message>
        <source>Name of the &amp;hospital or clinic</source>
        <translation>اسم المستشفى أو العيادة</translation>
    </message>
    <message>
        <source>Name of this &amp;branch</source>
        <translation>اسم هذا الفرع</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>الرئيسي</translation>
    </message>
    <message>
        <source>&amp;Time zone</source>
        <translation>المنطقة الزمنية</translation>
    </message>
    <message>
        <source>&amp;Currency</source>
        <translation>العملة</translation>
    </message>
    <message>
        <source>Your &amp;user name</source>
        <translation>اسم المستخدم الخاص بك</translation>
    </message>
    <message>
        <source>You become the first administrator</source>
        <translation>تصبح المدير الأول</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>اسمك</translation>
    </message>
    <message>
        <source>Choose a &amp;password</source>
        <translation>اختر كلمة مرور</translation>
    </message>
    <message>
        <source>At least 8 characters; three words in a row are good</source>
        <translation>8 أحرف على الأقل؛ ثلاث كلمات متتالية اختيار جيد</translation>
    </message>
    <message>
        <source>The same password &amp;again</source>
        <translation>كلمة المرور نفسها مرة أخرى</translation>
    </message>
    <message>
        <source>Create the clinic</source>
        <translation>إنشاء العيادة</translation>
    </message>
    <message>
        <source>&amp;Join a hospital that uses ClinicDesk already …</source>
        <translation>الانضمام إلى مستشفى يستخدم ClinicDesk …</translation>
    </message>
    <message>
        <source>How much of everything is here</source>
        <translation>مقدار ما وصل من كل شيء</translation>
    </message>
</context>
<context>
    <name>clinic::gui::TodayPage</name>
    <message>
        <source>You were in the middle of this</source>
        <translation>كنت في منتصف هذا</translation>
    </message>
    <message>
        <source>&amp;Register patient</source>
        <translation>تسجيل مريض</translation>
    </message>
    <message>
        <source>&amp;Book appointment</source>
        <translation>حجز موعد</translation>
    </message>
    <message>
        <source>Waiting here</source>
        <translation>ينتظرون هنا</translation>
    </message>
    <message>
        <source>Still to come</source>
        <translation>لم يصلوا بعد</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>مكتمل</translation>
    </message>
    <message>
        <source>Taken today</source>
        <translation>استُلم اليوم</translation>
    </message>
    <message>
        <source>Unpaid invoices</source>
        <translation>فواتير غير مدفوعة</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>الآن</numerusform>
            <numerusform>دقيقة واحدة</numerusform>
            <numerusform>دقيقتان</numerusform>
            <numerusform>%n دقائق</numerusform>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>%n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>Time</source>
        <translation>الوقت</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Age and sex</source>
        <translation>العمر والجنس</translation>
    </message>
    <message>
        <source>With</source>
        <translation>مع</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>الخدمة</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>في الانتظار</translation>
    </message>
    <message>
        <source>Appointments today</source>
        <translation>مواعيد اليوم</translation>
    </message>
    <message>
        <source>My appointments today</source>
        <translation>مواعيدي اليوم</translation>
    </message>
    <message>
        <source>No appointments today.</source>
        <translation>لا مواعيد اليوم.</translation>
    </message>
    <message>
        <source>Book one</source>
        <translation>احجز موعدًا</translation>
    </message>
    <message>
        <source>Your modules come with a later version. What you can do already is in the menu: your account, and what your role may see.</source>
        <translation>تأتي وحداتك مع إصدار لاحق. ما تستطيع فعله الآن موجود في القائمة: حسابك، وما يحق لدورك الاطلاع عليه.</translation>
    </message>
    <message>
        <source>%1, left %2</source>
        <translation>%1، تُرك في %2</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>تخلّص منه</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>No recovery key yet</source>
        <translation>لا يوجد مفتاح استعادة بعد</translation>
    </message>
    <message>
        <source>The clinic&apos;s file is sealed. When keychain and passwords are lost, only a recovery key on paper opens it and its backups.</source>
        <translation>ملف العيادة مختوم. إذا فُقدت سلسلة المفاتيح وكلمات المرور فلا يفتحه ونسخه الاحتياطية إلا مفتاح استعادة مطبوع.</translation>
    </message>
    <message>
        <source>Make one …</source>
        <translation>إنشاء مفتاح …</translation>
    </message>
    <message>
        <source>Re&amp;view …</source>
        <translation>&amp;مراجعة …</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) opened in an emergency wait for somebody to look at it.</source>
        <translation>
            <numerusform>لا سجلات تنتظر المراجعة.</numerusform>
            <numerusform>سجل واحد فُتح في حالة طارئة وينتظر المراجعة.</numerusform>
            <numerusform>سجلان فُتحا في حالة طارئة وينتظران المراجعة.</numerusform>
            <numerusform>%n سجلات فُتحت في حالة طارئة وتنتظر المراجعة.</numerusform>
            <numerusform>%n سجلًا فُتح في حالة طارئة وينتظر المراجعة.</numerusform>
            <numerusform>%n سجل فُتح في حالة طارئة وينتظر المراجعة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>عرض</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;عرض</translation>
    </message>
    <message numerus="yes">
        <source>%n booking(s) to come cannot be kept as they stand: with somebody or something that is no longer in use, or for a patient who was deactivated.</source>
        <translation>
            <numerusform>%n حجزًا قادمًا لا يمكن أن يبقى كما هو: لدى من أو ما لم يعد مستخدمًا، أو لمريض عُطِّل سجله.</numerusform>
            <numerusform>حجز قادم واحد لا يمكن أن يبقى كما هو: لدى من أو ما لم يعد مستخدمًا، أو لمريض عُطِّل سجله.</numerusform>
            <numerusform>حجزان قادمان لا يمكن أن يبقيا كما هما: لدى من أو ما لم يعد مستخدمًا، أو لمريض عُطِّل سجله.</numerusform>
            <numerusform>%n حجوزات قادمة لا يمكن أن تبقى كما هي: لدى من أو ما لم يعد مستخدمًا، أو لمريض عُطِّل سجله.</numerusform>
            <numerusform>%n حجزًا قادمًا لا يمكن أن يبقى كما هو: لدى من أو ما لم يعد مستخدمًا، أو لمريض عُطِّل سجله.</numerusform>
            <numerusform>%n حجزًا قادمًا لا يمكن أن يبقى كما هو: لدى من أو ما لم يعد مستخدمًا، أو لمريض عُطِّل سجله.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::TouchedDialog</name>
    <message>
        <source>When</source>
        <translation>الوقت</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>With</source>
        <translation>لدى</translation>
    </message>
    <message>
        <source>Bookings that are affected</source>
        <translation>الحجوزات المتأثرة</translation>
    </message>
    <message>
        <source>Places on the waiting list only, or bookings your role does not see.</source>
        <translation>أماكن في قائمة الانتظار فقط، أو حجوزات لا يراها دورك.</translation>
    </message>
    <message>
        <source>&amp;Go to it</source>
        <translation>ا&amp;نتقل إليه</translation>
    </message>
    <message>
        <source>Do &amp;not save</source>
        <translation>&amp;لا تحفظ</translation>
    </message>
    <message>
        <source>Save and &amp;cancel them</source>
        <translation>احفظ وأ&amp;لغِها</translation>
    </message>
    <message>
        <source>Save and &amp;keep them</source>
        <translation>احفظ وأ&amp;بقِها</translation>
    </message>
    <message>
        <source>Cancel these appointments</source>
        <translation>إلغاء هذه المواعيد</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>لماذا؟</translation>
    </message>
    <message>
        <source>Bookings that cannot be kept</source>
        <translation>حجوزات لا يمكن أن تبقى</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>إ&amp;غلاق</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>ا&amp;فتح</translation>
    </message>
    <message>
        <source>This affects existing bookings</source>
        <translation>هذا يؤثر في حجوزات قائمة</translation>
    </message>
    <message numerus="yes">
        <source>%n booking(s) cannot be seen or cancelled in your role. They stay as they are; ask somebody who may cancel them.</source>
        <translation>
            <numerusform>لا حجز لا يستطيع دورك رؤيته أو إلغاءه.</numerusform>
            <numerusform>حجز واحد لا يستطيع دورك رؤيته أو إلغاءه. يبقى كما هو؛ اسأل من يحق له إلغاؤه.</numerusform>
            <numerusform>حجزان لا يستطيع دورك رؤيتهما أو إلغاءهما. يبقيان كما هما؛ اسأل من يحق له إلغاؤهما.</numerusform>
            <numerusform>%n حجوزات لا يستطيع دورك رؤيتها أو إلغاءها. تبقى كما هي؛ اسأل من يحق له إلغاؤها.</numerusform>
            <numerusform>%n حجزًا لا يستطيع دورك رؤيتها أو إلغاءها. تبقى كما هي؛ اسأل من يحق له إلغاؤها.</numerusform>
            <numerusform>%n حجز لا يستطيع دورك رؤيتها أو إلغاءها. تبقى كما هي؛ اسأل من يحق له إلغاؤها.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::TypedDay</name>
    <message>
        <source>“%1” is not a day. Write it as 21/7/2026 or 21 Jul 2026.</source>
        <translation>«%1» ليس يومًا. اكتبه هكذا: 21/7/2026 أو 21 يوليو 2026.</translation>
    </message>
    <message>
        <source>Choose a day from %1 on.</source>
        <translation>اختر يومًا ابتداءً من %1.</translation>
    </message>
    <message>
        <source>Choose a day up to %1.</source>
        <translation>اختر يومًا لا يتجاوز %1.</translation>
    </message>
</context>
<context>
    <name>clinic::gui::UsersPage</name>
    <message>
        <source>Change user</source>
        <translation>تغيير المستخدم</translation>
    </message>
    <message>
        <source>New user</source>
        <translation>مستخدم جديد</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>اسم المستخدم</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>البريد الإلكتروني</translation>
    </message>
    <message>
        <source>Is the &amp;practitioner</source>
        <translation>هو الممارس</translation>
    </message>
    <message>
        <source>New pass&amp;word</source>
        <translation>كلمة المرور الجديدة</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>كلمة المرور</translation>
    </message>
    <message>
        <source>Leave empty to keep it</source>
        <translation>اتركها فارغة للإبقاء عليها</translation>
    </message>
    <message>
        <source>At least 8 characters</source>
        <translation>8 أحرف على الأقل</translation>
    </message>
    <message>
        <source>&amp;Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>May sign in</source>
        <translation>يحق له الدخول</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>&amp;Inherits from</source>
        <translation>يرث من</translation>
    </message>
    <message>
        <source>No other role</source>
        <translation>لا دور آخر</translation>
    </message>
    <message>
        <source>&amp;Permissions</source>
        <translation>الصلاحيات</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>اسم المستخدم</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>المستخدمون</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>الصلاحيات</translation>
    </message>
    <message>
        <source>Users or roles</source>
        <translation>المستخدمون أو الأدوار</translation>
    </message>
    <message>
        <source>Users and roles</source>
        <translation>المستخدمون والأدوار</translation>
    </message>
    <message>
        <source>Copy role</source>
        <translation>نسخ الدور</translation>
    </message>
    <message>
        <source>Copy of %1</source>
        <translation>نسخة من %1</translation>
    </message>
    <message>
        <source>&amp;New user</source>
        <translation>مستخدم جديد</translation>
    </message>
    <message>
        <source>Only with a &amp;second factor</source>
        <translation>فقط بعامل ثانٍ</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>العامل الثاني</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>مطلوب</translation>
    </message>
    <message>
        <source>As one likes</source>
        <translation>حسب الرغبة</translation>
    </message>
    <message>
        <source>another role</source>
        <translation>دور آخر</translation>
    </message>
    <message>
        <source>%1 (from %2)</source>
        <translation>%1 (من %2)</translation>
    </message>
    <message>
        <source>Day, month, year; empty: without an end</source>
        <translation>يوم، شهر، سنة؛ فارغ: بلا نهاية</translation>
    </message>
    <message>
        <source>The chosen role &amp;from</source>
        <translation>الدور المختار &amp;من</translation>
    </message>
    <message>
        <source>The chosen role un&amp;til</source>
        <translation>الدور المختار &amp;حتى</translation>
    </message>
    <message>
        <source>&amp;Blocked from</source>
        <translation>&amp;محظور من</translation>
    </message>
    <message>
        <source>On these days: no signing in, and no bookings for a practitioner</source>
        <translation>في هذه الأيام: لا تسجيل دخول ولا حجوزات للممارس</translation>
    </message>
    <message>
        <source>Bl&amp;ocked until</source>
        <translation>محظور &amp;حتى</translation>
    </message>
    <message>
        <source>Blocked until %1</source>
        <translation>محظور حتى %1</translation>
    </message>
    <message>
        <source>Blocked from %1</source>
        <translation>محظور من %1</translation>
    </message>
    <message>
        <source>Blocked %1 to %2</source>
        <translation>محظور من %1 إلى %2</translation>
    </message>
    <message>
        <source>&amp;View as this role</source>
        <translation>&amp;عرض كهذا الدور</translation>
    </message>
    <message>
        <source>Shows the menus and screens of this role, as far as you may see them yourself</source>
        <translation>يعرض قوائم هذا الدور وشاشاته بقدر ما يحق لك رؤيته</translation>
    </message>
    <message>
        <source>Re&amp;ason</source>
        <translation>ا&amp;لسبب</translation>
    </message>
    <message>
        <source>&amp;Reaches patients and appointments of</source>
        <translation>&amp;يصل إلى مرضى ومواعيد</translation>
    </message>
    <message>
        <source>Own patients are those somebody is or was booked with, or has registered. Whoever may open records in an emergency finds the others by name and gives a reason.</source>
        <translation>مرضاه هم من حُجز لهم موعد عنده أو سجلهم بنفسه. ومن يحق له فتح السجلات في حالة طارئة يجد غيرهم بالاسم ويذكر السبب.</translation>
    </message>
    <message>
        <source>The chosen role &amp;in</source>
        <translation>الدور المختار &amp;في</translation>
    </message>
    <message>
        <source>Every branch</source>
        <translation>كل الفروع</translation>
    </message>
    <message>
        <source>Reaches</source>
        <translation>يصل إلى</translation>
    </message>
    <message>
        <source>New &amp;role</source>
        <translation>&amp;دور جديد</translation>
    </message>
    <message>
        <source>An empty role</source>
        <translation>دور فارغ</translation>
    </message>
    <message>
        <source>P&amp;hone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>Users in this role without a second factor can only set one up under My account.</source>
        <translation>لا يستطيع من في هذا الدور دون عامل ثانٍ إلا إعداده في «حسابي».</translation>
    </message>
    <message>
        <source>No practitioner</source>
        <translation>لا ممارس</translation>
    </message>
    <message>
        <source>Remove the second factor (telephone and codes stop working)</source>
        <translation>أزل العامل الثاني (يتوقف الهاتف والرموز عن العمل)</translation>
    </message>
</context>
<context>
    <name>clinic::gui::WaitingPage</name>
    <message>
        <source>Add to the waiting list</source>
        <translation>الإضافة إلى قائمة الانتظار</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>&amp;Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>&amp;With</source>
        <translation>مع</translation>
    </message>
    <message>
        <source>Anybody</source>
        <translation>أي شخص</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>الملاحظة</translation>
    </message>
    <message>
        <source>Added to the waiting list.</source>
        <translation>أُضيف إلى قائمة الانتظار.</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>منذ</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>With</source>
        <translation>مع</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <source>Waiting list</source>
        <translation>قائمة الانتظار</translation>
    </message>
    <message>
        <source>Nobody is waiting for a place.</source>
        <translation>لا أحد ينتظر مكانًا.</translation>
    </message>
    <message>
        <source>Add somebody</source>
        <translation>أضف شخصًا</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>إزالة من القائمة</translation>
    </message>
    <message>
        <source>Taken off the list.</source>
        <translation>أُزيل من القائمة.</translation>
    </message>
    <message>
        <source>&amp;Book</source>
        <translation>حجز</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>إضافة</translation>
    </message>
</context>
<context>
    <name>clinic::gui::WhereLabel</name>
    <message numerus="yes">
        <source>Saved here; %n change(s) wait for the server</source>
        <translation>
            <numerusform>محفوظ هنا؛ لا تغييرات تنتظر الخادم</numerusform>
            <numerusform>محفوظ هنا؛ تغيير واحد ينتظر الخادم</numerusform>
            <numerusform>محفوظ هنا؛ تغييران ينتظران الخادم</numerusform>
            <numerusform>محفوظ هنا؛ %n تغييرات تنتظر الخادم</numerusform>
            <numerusform>محفوظ هنا؛ %n تغييرًا ينتظر الخادم</numerusform>
            <numerusform>محفوظ هنا؛ %n تغيير ينتظر الخادم</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved here and on the server</source>
        <translation>محفوظ هنا وعلى الخادم</translation>
    </message>
</context>
<context>
    <name>clinic::models::Connection</name>
    <message>
        <source>This PC works alone</source>
        <translation>هذا الجهاز يعمل وحده</translation>
    </message>
    <message numerus="yes">
        <source>Working offline · %n change(s) wait</source>
        <translation>
            <numerusform>العمل دون اتصال · في الانتظار: لا تغييرات</numerusform>
            <numerusform>العمل دون اتصال · في الانتظار: تغيير واحد</numerusform>
            <numerusform>العمل دون اتصال · في الانتظار: تغييران</numerusform>
            <numerusform>العمل دون اتصال · في الانتظار: %n تغييرات</numerusform>
            <numerusform>العمل دون اتصال · في الانتظار: %n تغييرًا</numerusform>
            <numerusform>العمل دون اتصال · في الانتظار: %n تغيير</numerusform>
        </translation>
    </message>
    <message>
        <source>Working offline</source>
        <translation>العمل دون اتصال</translation>
    </message>
    <message>
        <source>Not accepted by the server</source>
        <translation>غير مقبول لدى الخادم</translation>
    </message>
    <message>
        <source>Loading from the server …</source>
        <translation>التحميل من الخادم …</translation>
    </message>
    <message numerus="yes">
        <source>Sending %n change(s) …</source>
        <translation>
            <numerusform>جارٍ الإرسال: لا تغييرات …</numerusform>
            <numerusform>جارٍ الإرسال: تغيير واحد …</numerusform>
            <numerusform>جارٍ الإرسال: تغييران …</numerusform>
            <numerusform>جارٍ الإرسال: %n تغييرات …</numerusform>
            <numerusform>جارٍ الإرسال: %n تغييرًا …</numerusform>
            <numerusform>جارٍ الإرسال: %n تغيير …</numerusform>
        </translation>
    </message>
    <message>
        <source>Exchanging …</source>
        <translation>جارٍ التبادل …</translation>
    </message>
    <message numerus="yes">
        <source>Server not reached · %n change(s) wait</source>
        <translation>
            <numerusform>تعذر الوصول إلى الخادم · في الانتظار: لا تغييرات</numerusform>
            <numerusform>تعذر الوصول إلى الخادم · في الانتظار: تغيير واحد</numerusform>
            <numerusform>تعذر الوصول إلى الخادم · في الانتظار: تغييران</numerusform>
            <numerusform>تعذر الوصول إلى الخادم · في الانتظار: %n تغييرات</numerusform>
            <numerusform>تعذر الوصول إلى الخادم · في الانتظار: %n تغييرًا</numerusform>
            <numerusform>تعذر الوصول إلى الخادم · في الانتظار: %n تغيير</numerusform>
        </translation>
    </message>
    <message>
        <source>Server not reached</source>
        <translation>تعذر الوصول إلى الخادم</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait</source>
        <translation>
            <numerusform>في الانتظار: لا تغييرات</numerusform>
            <numerusform>في الانتظار: تغيير واحد</numerusform>
            <numerusform>في الانتظار: تغييران</numerusform>
            <numerusform>في الانتظار: %n تغييرات</numerusform>
            <numerusform>في الانتظار: %n تغييرًا</numerusform>
            <numerusform>في الانتظار: %n تغيير</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved here and on the server</source>
        <translation>محفوظ هنا وعلى الخادم</translation>
    </message>
    <message>
        <source>Everything is kept on this PC. With a server several PCs work on the same data, and each goes on working when the network does not.</source>
        <translation>كل شيء محفوظ على هذا الجهاز. مع الخادم تعمل عدة أجهزة على البيانات نفسها، ويواصل كل منها العمل حين تنقطع الشبكة.</translation>
    </message>
    <message>
        <source>You chose to work offline. What is saved here goes to the server when you work online again.</source>
        <translation>اخترت العمل دون اتصال. ما يُحفظ هنا يذهب إلى الخادم حين تعود إلى العمل مع الاتصال.</translation>
    </message>
    <message>
        <source>This PC&apos;s keychain does not give the key for the server. Unlock the keychain and start ClinicDesk again. Everything saved here stays.</source>
        <translation>مخزن المفاتيح في هذا الجهاز لا يعطي مفتاح الخادم. افتح مخزن المفاتيح وشغّل ClinicDesk مرة أخرى. كل ما حُفظ هنا يبقى.</translation>
    </message>
    <message>
        <source>The server does not accept this PC any more. Everything saved here stays; an administrator can accept the PC again or give it a new code.</source>
        <translation>لم يعد الخادم يقبل هذا الجهاز. كل ما حُفظ هنا يبقى؛ يستطيع المدير قبول الجهاز مرة أخرى أو إعطاءه رمزًا جديدًا.</translation>
    </message>
    <message>
        <source>This PC and the server are telling each other what is new.</source>
        <translation>يتبادل هذا الجهاز والخادم ما استجد.</translation>
    </message>
    <message>
        <source>The server does not answer at the moment. Work goes on here as usual; ClinicDesk tries again by itself.</source>
        <translation>الخادم لا يجيب الآن. يستمر العمل هنا كالمعتاد؛ ويحاول ClinicDesk من جديد تلقائيًا.</translation>
    </message>
    <message>
        <source>What is saved here is on the server, and what others saved is here.</source>
        <translation>ما حُفظ هنا موجود على الخادم، وما حفظه الآخرون موجود هنا.</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>لم يُقبل</translation>
    </message>
    <message>
        <source>Kept aside</source>
        <translation>حُفظ جانبًا</translation>
    </message>
    <message>
        <source>Accepted, please look</source>
        <translation>قُبل، يرجى النظر</translation>
    </message>
    <message>
        <source>Somebody else took the time first. Offer another one.</source>
        <translation>سبق غيرك إلى هذا الوقت. اعرض وقتًا آخر.</translation>
    </message>
    <message>
        <source>The patient has another appointment at this time.</source>
        <translation>للمريض موعد آخر في هذا الوقت.</translation>
    </message>
    <message>
        <source>It was closed, signed or issued before this change arrived.</source>
        <translation>أُغلق أو وُقّع أو صدر قبل وصول هذا التغيير.</translation>
    </message>
    <message>
        <source>It came from a PC that is not accepted any more.</source>
        <translation>جاء من جهاز لم يعد مقبولًا.</translation>
    </message>
    <message>
        <source>Two PCs wrote under the same name; one of them was copied.</source>
        <translation>كتب جهازان بالاسم نفسه؛ أحدهما منسوخ.</translation>
    </message>
    <message>
        <source>It belongs to a branch this PC does not work for.</source>
        <translation>يتبع فرعًا لا يعمل له هذا الجهاز.</translation>
    </message>
    <message>
        <source>The server could not apply it (%1).</source>
        <translation>لم يستطع الخادم تطبيقه (%1).</translation>
    </message>
    <message>
        <source>Something answers at the server&apos;s address, but it is not your hospital&apos;s server. Nothing was sent to it. Work goes on here as usual.</source>
        <translation>يجيب شيء ما عند عنوان الخادم، لكنه ليس خادم مستشفاكم. لم يُرسل إليه شيء. يستمر العمل هنا كالمعتاد.</translation>
    </message>
    <message>
        <source>The server has much to do and asked to wait a little. Work goes on here as usual.</source>
        <translation>الخادم مشغول وطلب الانتظار قليلًا. يستمر العمل هنا كالمعتاد.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) on the way to the server</source>
        <translation>
            <numerusform>لا مستندات في الطريق إلى الخادم</numerusform>
            <numerusform>مستند واحد في الطريق إلى الخادم</numerusform>
            <numerusform>مستندان في الطريق إلى الخادم</numerusform>
            <numerusform>%n مستندات في الطريق إلى الخادم</numerusform>
            <numerusform>%n مستندًا في الطريق إلى الخادم</numerusform>
            <numerusform>%n مستند في الطريق إلى الخادم</numerusform>
        </translation>
    </message>
    <message>
        <source>Documents take longer and follow by themselves; everything else is on the server.</source>
        <translation>تستغرق المستندات وقتًا أطول وتلحق من تلقاء نفسها؛ كل ما عداها على الخادم.</translation>
    </message>
    <message>
        <source>The time is kept for another PC. Offer another one.</source>
        <translation>الوقت محفوظ لحاسوب آخر. اعرض وقتًا آخر.</translation>
    </message>
    <message>
        <source>Loading from the server · %1 %</source>
        <translation>يجري التحميل من الخادم · %1 %</translation>
    </message>
    <message>
        <source>The hospital&apos;s data is coming to this PC. What is needed today comes first.</source>
        <translation>بيانات المستشفى في طريقها إلى هذا الحاسوب. يصل أولًا ما يلزم اليوم.</translation>
    </message>
    <message>
        <source>What is needed today is here, and work can go on: people, set-up, the appointments from today on and the records of who comes today. Older records follow by themselves.</source>
        <translation>ما يلزم اليوم موجود هنا ويمكن متابعة العمل: الأشخاص والإعدادات والمواعيد ابتداءً من اليوم وسجلات من يأتي اليوم. أما السجلات الأقدم فتصل تباعًا من تلقاء نفسها.</translation>
    </message>
    <message>
        <source>Waiting for the hospital&apos;s new key</source>
        <translation>في انتظار مفتاح المستشفى الجديد</translation>
    </message>
    <message>
        <source>The hospital&apos;s key was replaced, and this PC does not have the new one yet. It comes by itself as soon as another PC of the hospital is switched on. Work goes on here as usual.</source>
        <translation>استُبدل مفتاح المستشفى، وليس لدى هذا الجهاز المفتاح الجديد بعد. سيصل من تلقاء نفسه حالما يُشغَّل جهاز آخر من أجهزة المستشفى. يستمر العمل هنا كالمعتاد.</translation>
    </message>
    <message>
        <source>The booking had been refused, and the patient came all the same.</source>
        <translation>كان الحجز قد رُفض، ومع ذلك حضر المريض.</translation>
    </message>
    <message>
        <source>Money was paid back without the approval of a second person.</source>
        <translation>أُعيد مبلغ من المال دون موافقة شخص ثانٍ.</translation>
    </message>
    <message>
        <source>Two invoices were issued from one draft. Credit one of them.</source>
        <translation>أُصدرت فاتورتان من مسودة واحدة. أصدر إشعارًا دائنًا لإحداهما.</translation>
    </message>
    <message>
        <source>Its amounts do not add up.</source>
        <translation>مبالغه غير متطابقة.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) could not be sent yet</source>
        <translation>
            <numerusform>لا تغييرات تعذّر إرسالها</numerusform>
            <numerusform>تعذّر إرسال تغيير واحد حتى الآن</numerusform>
            <numerusform>تعذّر إرسال تغييرين حتى الآن</numerusform>
            <numerusform>تعذّر إرسال %n تغييرات حتى الآن</numerusform>
            <numerusform>تعذّر إرسال %n تغييرًا حتى الآن</numerusform>
            <numerusform>تعذّر إرسال %n تغيير حتى الآن</numerusform>
        </translation>
    </message>
    <message>
        <source>Some changes do not get to the server. They are kept here as they are and tried again by themselves; the list below says which and why.</source>
        <translation>بعض التغييرات لا تصل إلى الخادم. تبقى محفوظة هنا كما هي وتُعاد المحاولة تلقائيًا؛ القائمة أدناه تبيّن أيها ولماذا.</translation>
    </message>
    <message>
        <source>It needs another change that could not be sent yet.</source>
        <translation>يحتاج إلى تغيير آخر لم يمكن إرساله بعد.</translation>
    </message>
    <message>
        <source>Two patients are booked for the same time. Decide who waits.</source>
        <translation>حُجز مريضان في الوقت نفسه. قرر من ينتظر.</translation>
    </message>
    <message>
        <source>The person who did this was not allowed to: %1.</source>
        <translation>لم يكن يحق لمن فعل هذا أن يفعله: %1.</translation>
    </message>
    <message>
        <source>This invoice was paid more than once, or credited beside the payment. Refund the excess.</source>
        <translation>دُفعت هذه الفاتورة أكثر من مرة، أو قُيّد لها دائن إلى جانب الدفع. رُدّ الزائد.</translation>
    </message>
    <message>
        <source>More was paid back than was paid, or than the item cost: two people did it. Ask for the excess back.</source>
        <translation>رُدّ أكثر مما دُفع أو مما كلّفه البند: فعل ذلك شخصان. اطلب استرداد الزائد.</translation>
    </message>
    <message>
        <source>More was credited than the item cost: two people did it. Bill the excess again.</source>
        <translation>قُيّد دائنًا أكثر مما كلّفه البند: فعل ذلك شخصان. أصدر فاتورة بالزائد من جديد.</translation>
    </message>
    <message>
        <source>The invoice had been issued when this change to its draft was made. What was added is a draft of its own now: issue it, or remove it.</source>
        <translation>كانت الفاتورة قد صدرت حين أُجري هذا التغيير على مسودتها. ما أُضيف صار مسودة مستقلة: أصدرها أو أزلها.</translation>
    </message>
    <message>
        <source>The person who did this was allowed to then, but is not any more.</source>
        <translation>كان يحق لمن فعل هذا أن يفعله حينها، ولم يعد يحق له.</translation>
    </message>
    <message>
        <source>It belongs to a change that the server refused.</source>
        <translation>يتبع تغييرًا رفضه الخادم.</translation>
    </message>
    <message>
        <source>It belongs to a change that the server does not have yet. It is sent again.</source>
        <translation>يتبع تغييرًا لم يصل إلى الخادم بعد. ويُرسل من جديد.</translation>
    </message>
    <message>
        <source>Somebody else had already decided this.</source>
        <translation>كان شخص آخر قد قرر هذا من قبل.</translation>
    </message>
    <message>
        <source>A number that belongs to one person is also in the record of %1. Remove it from the wrong record.</source>
        <translation>رقم يخص شخصًا واحدًا موجود أيضًا في سجل %1. أزله من السجل الخطأ.</translation>
    </message>
    <message>
        <source>Something between this PC and the server blocks large transfers.</source>
        <translation>شيء ما بين هذا الحاسوب والخادم يمنع نقل البيانات الكبيرة.</translation>
    </message>
    <message>
        <source>The server answers other requests, but not this one.</source>
        <translation>يجيب الخادم عن الطلبات الأخرى، لا عن هذا.</translation>
    </message>
    <message>
        <source>This setting cannot be changed there: %1.</source>
        <translation>لا يمكن تغيير هذا الإعداد هناك: %1.</translation>
    </message>
</context>
<context>
    <name>clinic::models::Importer</name>
    <message>
        <source>Line %1: %2</source>
        <translation>السطر %1: %2</translation>
    </message>
    <message>
        <source>Line %1: imported; %2</source>
        <translation>السطر %1: استُورد؛ %2</translation>
    </message>
</context>
<context>
    <name>clinic::models::Workspace</name>
    <message>
        <source>Is this PC&apos;s clock right? It shows %1; the last entries here are of %2.</source>
        <translation>هل ساعة هذا الحاسوب صحيحة؟ تُظهر %1، وآخر القيود هنا بتاريخ %2.</translation>
    </message>
    <message>
        <source>Is this PC&apos;s clock right? It shows %1; by the server&apos;s clock it is %2.</source>
        <translation>هل ساعة هذا الحاسوب صحيحة؟ تُظهر %1، والوقت بساعة الخادم %2.</translation>
    </message>
    <message>
        <source>All times are those of %1. This PC is set to another zone (%2).</source>
        <translation>كل الأوقات بتوقيت %1. هذا الحاسوب مضبوط على منطقة أخرى (%2).</translation>
    </message>
</context>
</TS>
