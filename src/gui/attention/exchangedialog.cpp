// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/exchangedialog.h"

#include "models/errortext.h"
#include "models/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QTabWidget>

namespace clinic::gui {
namespace exchange {

QString outcomeText(const services::SentGroup &group)
{
    if (group.outcome)
        return models::attentionKindLabel(*group.outcome);
    if (group.seq > 0)
        return ExchangeDialog::tr("On the server");
    return group.answeredAt > 0 ? ExchangeDialog::tr("Answered")
                                : ExchangeDialog::tr("Saved here, waits for the server");
}

QString answerText(const sync::Client::Exchange &exchange)
{
    return exchange.status ? QString::number(exchange.status)
                           : ExchangeDialog::tr("no answer: %1").arg(exchange.fault);
}

} // namespace exchange

ExchangeDialog::ExchangeDialog(Shell &shell)
    : FormDialog(tr("What was exchanged"), tr("Close"), shell.window()), m_shell(shell)
{
    setObjectName(QStringLiteral("exchange"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(860, 560);
    const auto zone = [this] { return m_shell.workspace().zone(); };
    using services::SentGroup;
    m_sent = new models::RowsModel<SentGroup>(
        {{tr("When"), [zone](const SentGroup &g) { return QVariant(models::dayTimeText(g.madeAt, zone())); },
          [](const SentGroup &g) { return QVariant(g.number); }},
         {tr("Action"), [](const SentGroup &g) { return QVariant(models::intentionLabel(g.intention)); }},
         {tr("By"), [](const SentGroup &g) { return QVariant(g.actor); }},
         {tr("Rows"), [](const SentGroup &g) { return QVariant(QString::number(g.changes)); },
          [](const SentGroup &g) { return QVariant(g.changes); }, models::alignNumber},
         {tr("Where it is"), [](const SentGroup &g) { return QVariant(exchange::outcomeText(g)); }}},
        this);
    m_sentList = new ListView(tr("What was done on this PC"), m_sent, TakenAs::nobody());
    m_sentList->setStretch({7, 8, 5, 2, 7});
    m_sentList->setEmptyText(tr("Nothing was done on this PC in the last ninety days."));

    using Exchange = sync::Client::Exchange;
    m_requests = new models::RowsModel<Exchange>(
        {{tr("When"),
          [zone](const Exchange &e) {
              return QVariant(QLocale().toString(e.at.toTimeZone(zone()).time(), u"HH:mm:ss"));
          },
          [](const Exchange &e) { return QVariant(e.at); }},
         {tr("Request"), [](const Exchange &e) { return QVariant(QString::fromLatin1(e.what)); }},
         {tr("Answer"), [](const Exchange &e) { return QVariant(exchange::answerText(e)); }},
         {tr("Took"), [](const Exchange &e) { return QVariant(tr("%1 ms").arg(e.ms)); },
          [](const Exchange &e) { return QVariant(e.ms); }, models::alignNumber},
         {tr("Sent"), [](const Exchange &e) { return QVariant(QLocale().formattedDataSize(e.sent)); },
          [](const Exchange &e) { return QVariant(e.sent); }, models::alignNumber},
         {tr("Received"), [](const Exchange &e) { return QVariant(QLocale().formattedDataSize(e.received)); },
          [](const Exchange &e) { return QVariant(e.received); }, models::alignNumber},
         {tr("Log number"), [](const Exchange &e) { return QVariant(QString::fromLatin1(e.requestId)); }}},
        this);
    m_requestList = new ListView(tr("The last requests"), m_requests, TakenAs::nobody());
    m_requestList->setStretch({3, 5, 3, 2, 3, 3, 4});
    m_requestList->setEmptyText(tr("Nothing was asked since the program started."));

    auto *tabs = new QTabWidget;
    tabs->setAccessibleName(tr("Parts of the exchange"));
    tabs->addTab(m_sentList, tr("What was done here"));
    auto *line = new QWidget;
    auto *column = new QVBoxLayout(line);
    m_facts = label(QString());
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_facts->setAccessibleName(tr("Where this PC stands"));
    column->addWidget(m_facts);
    column->addWidget(m_requestList, 1);
    auto *row = new QHBoxLayout;
    row->addWidget(button(tr("Co&py for support"), nullptr, this, [this] { copyFacts(); }));
    row->addWidget(button(tr("&Look again"), nullptr, this, [this] { read(); }));
    auto *compare = button(tr("Co&mpare with the server"), nullptr, this,
                           [this] { m_shell.workspace().connection.compare(); });
    compare->setToolTip(tr("Looks whether this PC has exactly what the server has, and asks again for what "
                           "differs. It does so by itself every week."));
    row->addWidget(compare);
    connect(&shell.workspace().connection, &models::Connection::changed, this,
            [this] { m_facts->setText(facts().join(u'\n')); });
    row->addStretch();
    column->addLayout(row);
    tabs->addTab(line, tr("The line"));
    body()->addWidget(tabs, 1);
    showOnly();
    read();
}

QStringList ExchangeDialog::facts() const
{
    const auto &connection = m_shell.workspace().connection;
    const auto &replica = connection.status().replica;
    return {
        tr("This PC: %1").arg(models::leftToRight(replica.device.toString())),
        tr("Addresses: %1").arg(models::leftToRight(replica.servers.join(QStringLiteral(", ")))),
        tr("Has the hospital's history up to number %1 (history %2)")
            .arg(replica.seq)
            .arg(models::leftToRight(QString::fromLatin1(replica.epoch.left(8)))),
        tr("Waiting: %1 changes, %2 documents, %3 audit events, %4 rows to be asked for again")
            .arg(replica.waiting)
            .arg(replica.documentsWaiting)
            .arg(replica.auditWaiting)
            .arg(replica.repairs),
        !replica.checkParts.isEmpty() ? tr("Compared with the server: something differs and is being mended")
        : replica.checkedAt > 0       ? tr("Compared with the server: everything agreed on %1")
                                      .arg(models::dayTimeText(replica.checkedAt, m_shell.workspace().zone()))
                                : tr("Not compared with the server yet"),
        tr("State: %1")
            .arg(connection.summary() +
                 (connection.status().problem.isEmpty()
                      ? QString()
                      : QStringLiteral(" (") + QString::fromLatin1(connection.status().problem) + u')'))};
}

void ExchangeDialog::read()
{
    auto &connection = m_shell.workspace().connection;
    m_facts->setText(facts().join(u'\n'));
    m_requests->setRows(connection.exchanges());
    m_requestList->showRows();
    connection.sentGroups(this, [this](const Result<QList<services::SentGroup>> &groups) {
        if (!groups)
            return m_sentList->showFailure(models::errorText(groups.error()), [this] { read(); });
        m_sent->setRows(*groups);
        m_sentList->showRows();
    });
}

void ExchangeDialog::copyFacts()
{
    QStringList lines = facts();
    for (const auto &e : m_requests->rows())
        lines << QStringLiteral("%1 %2 %3 %4 ms, %5/%6 bytes, %7")
                     .arg(e.at.toString(Qt::ISODate), QString::fromLatin1(e.what), exchange::answerText(e))
                     .arg(e.ms)
                     .arg(e.sent)
                     .arg(e.received)
                     .arg(QString::fromLatin1(e.requestId));
    QApplication::clipboard()->setText(lines.join(u'\n'));
    m_shell.say(tr("Copied. It names no patient."));
}

} // namespace clinic::gui
