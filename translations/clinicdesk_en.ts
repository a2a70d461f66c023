<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ErrorText</name>
    <message numerus="yes">
        <source>This PC has not reached its server for %n day(s). Who may work may have changed; only an administrator can sign in until it has.</source>
        <translation>
            <numerusform>This PC has not reached its server for one day. Who may work may have changed; only an administrator can sign in until it has.</numerusform>
            <numerusform>This PC has not reached its server for %n days. Who may work may have changed; only an administrator can sign in until it has.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A code was sent already. Another one can be sent in %n second(s).</source>
        <translation>
            <numerusform>A code was sent already. Another one can be sent in %n second.</numerusform>
            <numerusform>A code was sent already. Another one can be sent in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n appointment(s) or place(s) on the waiting list depend on this. Nothing was saved yet.</source>
        <translation>
            <numerusform>%n appointment or place on the waiting list depends on this. Nothing was saved yet.</numerusform>
            <numerusform>%n appointments or places on the waiting list depend on this. Nothing was saved yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong passwords or codes. Please wait %n second(s).</source>
        <translation>
            <numerusform>Too many wrong passwords or codes. Please wait %n second.</numerusform>
            <numerusform>Too many wrong passwords or codes. Please wait %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This code is about %n minute(s) old, or this PC&apos;s clock is fast by as much. Check the clock, then type a new code.</source>
        <translation>
            <numerusform>This code is about %n minute old, or this PC&apos;s clock is fast by as much. Check the clock, then type a new code.</numerusform>
            <numerusform>This code is about %n minutes old, or this PC&apos;s clock is fast by as much. Check the clock, then type a new code.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n y</source>
        <comment>age in years</comment>
        <translation>
            <numerusform>%n y</numerusform>
            <numerusform>%n y</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <comment>age</comment>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <comment>age</comment>
        <translation>
            <numerusform>%n week</numerusform>
            <numerusform>%n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min over</source>
        <translation>
            <numerusform>%n min over</numerusform>
            <numerusform>%n min over</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::AttentionPage</name>
    <message numerus="yes">
        <source>next try in %n second(s)</source>
        <translation>
            <numerusform>next try in %n second</numerusform>
            <numerusform>next try in %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other value(s) for it are settled with that.</source>
        <translation>
            <numerusform>%n other value for it is settled with that.</numerusform>
            <numerusform>%n other values for it are settled with that.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::AuditList</name>
    <message numerus="yes">
        <source>%n event(s) saved, with a signature beside them.</source>
        <translation>
            <numerusform>%n event saved, with a signature beside it.</numerusform>
            <numerusform>%n events saved, with a signature beside them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::BringDialog</name>
    <message numerus="yes">
        <source>%n row(s) were brought in. What was here already was passed over.</source>
        <translation>
            <numerusform>%n row was brought in. What was here already was passed over.</numerusform>
            <numerusform>%n rows were brought in. What was here already was passed over.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::CalendarPage</name>
    <message numerus="yes">
        <source>%n appointment(s)</source>
        <translation>
            <numerusform>%n appointment</numerusform>
            <numerusform>%n appointments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::EmergencyDialog</name>
    <message numerus="yes">
        <source>This record is outside of what your role reaches. If somebody&apos;s care needs it now, say why: it opens for %n minute(s). What you do in it is recorded, and somebody else looks at it afterwards.</source>
        <translation>
            <numerusform>This record is outside of what your role reaches. If somebody&apos;s care needs it now, say why: it opens for %n minute. What you do in it is recorded, and somebody else looks at it afterwards.</numerusform>
            <numerusform>This record is outside of what your role reaches. If somebody&apos;s care needs it now, say why: it opens for %n minutes. What you do in it is recorded, and somebody else looks at it afterwards.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::LeaseDialog</name>
    <message numerus="yes">
        <source>At most %n day(s), and the last one not before the first.</source>
        <translation>
            <numerusform>At most %n day, and the last one not before the first.</numerusform>
            <numerusform>At most %n days, and the last one not before the first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::MainWindow</name>
    <message numerus="yes">
        <source>%n change(s) are saved on this PC and not on the server yet.</source>
        <translation>
            <numerusform>%n change is saved on this PC and not on the server yet.</numerusform>
            <numerusform>%n changes are saved on this PC and not on the server yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) are on this PC and not on the server yet.</source>
        <translation>
            <numerusform>%n document is on this PC and not on the server yet.</numerusform>
            <numerusform>%n documents are on this PC and not on the server yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::PatientEditor</name>
    <message numerus="yes">
        <source>%1: that makes %n year(s).</source>
        <translation>
            <numerusform>%1: that makes %n year.</numerusform>
            <numerusform>%1: that makes %n years.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::RetentionDialog</name>
    <message numerus="yes">
        <source>%n patient(s) done.</source>
        <translation>
            <numerusform>%n patient done.</numerusform>
            <numerusform>%n patients done.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::ServerIndicator</name>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n to decide</numerusform>
            <numerusform>%n to decide</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::TodayPage</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) opened in an emergency wait for somebody to look at it.</source>
        <translation>
            <numerusform>%n record opened in an emergency waits for somebody to look at it.</numerusform>
            <numerusform>%n records opened in an emergency wait for somebody to look at them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n booking(s) to come cannot be kept as they stand: with somebody or something that is no longer in use, or for a patient who was deactivated.</source>
        <translation>
            <numerusform>%n booking to come cannot be kept as it stands: with somebody or something that is no longer in use, or for a patient who was deactivated.</numerusform>
            <numerusform>%n bookings to come cannot be kept as they stand: with somebody or something that is no longer in use, or for a patient who was deactivated.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::TouchedDialog</name>
    <message numerus="yes">
        <source>%n booking(s) cannot be seen or cancelled in your role. They stay as they are; ask somebody who may cancel them.</source>
        <translation>
            <numerusform>%n booking cannot be seen or cancelled in your role. It stays as it is; ask somebody who may cancel it.</numerusform>
            <numerusform>%n bookings cannot be seen or cancelled in your role. They stay as they are; ask somebody who may cancel them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::gui::WhereLabel</name>
    <message numerus="yes">
        <source>Saved here; %n change(s) wait for the server</source>
        <translation>
            <numerusform>Saved here; %n change waits for the server</numerusform>
            <numerusform>Saved here; %n changes wait for the server</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>clinic::models::Connection</name>
    <message numerus="yes">
        <source>Working offline · %n change(s) wait</source>
        <translation>
            <numerusform>Working offline · %n change waits</numerusform>
            <numerusform>Working offline · %n changes wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sending %n change(s) …</source>
        <translation>
            <numerusform>Sending %n change …</numerusform>
            <numerusform>Sending %n changes …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Server not reached · %n change(s) wait</source>
        <translation>
            <numerusform>Server not reached · %n change waits</numerusform>
            <numerusform>Server not reached · %n changes wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait</source>
        <translation>
            <numerusform>%n change waits</numerusform>
            <numerusform>%n changes wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) on the way to the server</source>
        <translation>
            <numerusform>%n document on the way to the server</numerusform>
            <numerusform>%n documents on the way to the server</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) could not be sent yet</source>
        <translation>
            <numerusform>%n change could not be sent yet</numerusform>
            <numerusform>%n changes could not be sent yet</numerusform>
        </translation>
    </message>
</context>
</TS>
