"""The SQL of a month's payment: set by set over everybody an office pays, never person by person.

A benefit of a month stands as `registry.benefits.standing` says: granted, with every change that has begun.
"""

from __future__ import annotations

from typing import Final

# Parameters: offices, months (the month and those before it whose lists went out), month, day, at, recent.
# What an earlier month owes is what neither an order of its list holds nor one of a later list made up. Asked are the
# months whose list went out, and of a benefit granted since `recent` every month before it was granted, which no list
# could know of.
PREPARE: Final = """
WITH wanted AS (
    SELECT paid.id AS entitlement_id, asked.month
    FROM registry_entitlement paid CROSS JOIN unnest(%(months)s::date[]) AS asked(month)
    WHERE paid.start_month <= asked.month
    UNION
    SELECT paid.id, earlier.month::date
    FROM registry_entitlement paid CROSS JOIN LATERAL generate_series(
        paid.start_month::timestamp,
        date_trunc('month', paid.granted_at AT TIME ZONE 'Asia/Ho_Chi_Minh') - interval '1 month',
        interval '1 month') AS earlier(month)
    WHERE paid.granted_at >= %(recent)s AND earlier.month < %(month)s
),
standing AS (
    SELECT paid.id AS entitlement_id, paid.insured_id, paid.number, paid.start_month, wanted.month,
           paid.beneficiary_name, paid.beneficiary_birth, paid.beneficiary_id_number,
           coalesce(amounts.monthly_amount, paid.monthly_amount) AS amount,
           coalesce(ends.kind = 'stopped', paid.ended_on IS NOT NULL AND paid.ended_on <= wanted.month) AS stopped,
           coalesce(ends.reason, '') AS stopped_because,
           coalesce(places.paying_office, paid.paying_office) AS office,
           coalesce(methods.payment_method, paid.payment_method) AS method,
           coalesce(nullif(points.payment_place, '{}'::jsonb), paid.payment_place) ->> 'commune' AS commune
    FROM wanted JOIN registry_entitlement paid ON paid.id = wanted.entitlement_id
    LEFT JOIN LATERAL (
        SELECT monthly_amount FROM registry_entitlementchange
        WHERE entitlement_id = paid.id AND valid_from <= wanted.month AND monthly_amount IS NOT NULL
        ORDER BY valid_from DESC, id DESC LIMIT 1) amounts ON true
    LEFT JOIN LATERAL (
        SELECT kind, reason FROM registry_entitlementchange
        WHERE entitlement_id = paid.id AND valid_from <= wanted.month AND kind IN ('stopped', 'resumed')
        ORDER BY valid_from DESC, id DESC LIMIT 1) ends ON true
    LEFT JOIN LATERAL (
        SELECT paying_office FROM registry_entitlementchange
        WHERE entitlement_id = paid.id AND valid_from <= wanted.month AND kind = 'place'
        ORDER BY valid_from DESC, id DESC LIMIT 1) places ON true
    LEFT JOIN LATERAL (
        SELECT payment_method FROM registry_entitlementchange
        WHERE entitlement_id = paid.id AND valid_from <= wanted.month AND kind = 'method'
        ORDER BY valid_from DESC, id DESC LIMIT 1) methods ON true
    LEFT JOIN LATERAL (
        SELECT payment_place FROM registry_entitlementchange
        WHERE entitlement_id = paid.id AND valid_from <= wanted.month AND kind IN ('place', 'method')
        ORDER BY valid_from DESC, id DESC LIMIT 1) points ON true
),
named AS (
    SELECT standing.*,
           person.id AS person_id, person.died_on,
           coalesce(person.full_name, nullif(standing.beneficiary_name, ''), insured.full_name) AS name,
           coalesce(encode(CASE WHEN standing.beneficiary_name = '' THEN insured.personal_id_key
                                ELSE substring(standing.beneficiary_id_number from 1 for 16) END, 'hex'),
                    standing.number) AS payee
    FROM standing
    JOIN registry_insuredperson insured ON insured.si_number = standing.insured_id
    -- One half for each of two indexes: a CASE would read every person for every benefit.
    LEFT JOIN LATERAL (
        SELECT id, died_on, full_name FROM (
            SELECT id, died_on, full_name FROM people_person
            WHERE standing.beneficiary_name = '' AND si_number = standing.insured_id AND si_number <> ''
            UNION ALL
            SELECT id, died_on, full_name FROM people_person
            WHERE standing.beneficiary_name <> ''
              AND personal_id_key = substring(standing.beneficiary_id_number from 1 for 16)) known
        ORDER BY died_on NULLS LAST, id LIMIT 1) person ON true
),
due AS (
    SELECT * FROM named
    WHERE NOT stopped AND (died_on IS NULL OR died_on >= month) AND office = ANY (%(offices)s)
),
decided AS (
    -- what a decision pays by an order of its own, which names the months, is not paid again by a list
    SELECT ground.entitlement_id, date_trunc('month', own.period_from)::date AS first_month,
           date_trunc('month', own.period_to)::date AS last_month
    FROM (SELECT entitlement_id, dossier_id FROM registry_entitlementchange
          UNION SELECT id, dossier_id FROM registry_entitlement WHERE dossier_id IS NOT NULL) ground
    JOIN payments_order own ON own.dossier_id = ground.dossier_id
    WHERE own.direction = 'out' AND own.state <> 'cancelled' AND own.period_from IS NOT NULL
),
made_up AS (
    SELECT later.number, (of_month.key || '-01')::date AS month, sum(of_month.value::bigint)::bigint AS amount
    FROM ansinh_month_ordered later CROSS JOIN LATERAL jsonb_each_text(later.made_up) AS of_month(key, value)
    GROUP BY 1, 2
),
owing AS (
    SELECT earlier.entitlement_id, earlier.month,
           earlier.amount - coalesce(ordered.of_month, 0) - coalesce(made_up.amount, 0) AS amount
    FROM due earlier
    LEFT JOIN ansinh_month_ordered ordered ON ordered.number = earlier.number AND ordered.month = earlier.month
    LEFT JOIN made_up ON made_up.number = earlier.number AND made_up.month = earlier.month
    WHERE earlier.month < %(month)s AND earlier.amount > coalesce(ordered.of_month, 0) + coalesce(made_up.amount, 0)
      -- what was carried over is asked for by the person and paid by a decision
      AND NOT (coalesce(ordered.is_held, false) AND EXISTS (
          SELECT FROM registry_unpaidbenefit carried
          WHERE carried.insured_id = earlier.insured_id AND carried.entitlement_number = earlier.number
            AND carried.month = earlier.month))
      AND (ordered.is_held OR NOT EXISTS (
          SELECT FROM decided
          WHERE decided.entitlement_id = earlier.entitlement_id
            AND earlier.month BETWEEN decided.first_month AND decided.last_month))
),
lumps AS ( -- lists of before 2026-12 do not say which months they made up
    SELECT number, sum(lump)::bigint AS amount FROM ansinh_month_ordered WHERE lump > 0 GROUP BY number
),
arrears AS (
    SELECT entitlement_id, sum(amount)::bigint AS amount,
           jsonb_object_agg(to_char(month, 'YYYY-MM'), amount) AS months
    FROM owing GROUP BY entitlement_id
),
parts AS (
    SELECT due.entitlement_id, due.insured_id, due.number, due.start_month, due.office, due.method, due.commune,
           due.person_id, due.name, due.payee, CASE WHEN own.is_paid THEN 0 ELSE due.amount END AS amount,
           greatest(coalesce(arrears.amount, 0) - coalesce(lumps.amount, 0), 0) AS owed,
           coalesce(arrears.months, '{}') AS owed_months
    FROM due
    LEFT JOIN arrears USING (entitlement_id)
    LEFT JOIN lumps ON lumps.number = due.number
    LEFT JOIN (SELECT DISTINCT entitlement_id, true AS is_paid FROM decided
               WHERE %(month)s BETWEEN first_month AND last_month) own USING (entitlement_id)
    WHERE due.month = %(month)s AND (own.is_paid IS NULL OR arrears.amount > coalesce(lumps.amount, 0))
),
pieces AS MATERIALIZED ( -- a first month that was moved back has a number of its own for the months before
    SELECT piece.id, piece.dossier_id, piece.benefit_type, arrears.amount, arrears.months
    FROM arrears JOIN registry_entitlement piece ON piece.id = arrears.entitlement_id
    WHERE piece.dossier_id IS NOT NULL AND EXISTS (
        SELECT FROM registry_entitlement other
        WHERE other.insured_id = piece.insured_id AND other.dossier_id = piece.dossier_id AND other.id <> piece.id)
),
ended AS (
    -- what a piece that is over is owed comes with the piece of the same benefit that is paid now
    SELECT DISTINCT ON (pieces.id) pieces.id AS entitlement_id, earlier.insured_id, earlier.number,
           earlier.start_month, now.office, now.method, now.commune, now.person_id, now.name, now.payee, 0 AS amount,
           pieces.amount - coalesce(lumps.amount, 0) AS owed, pieces.months AS owed_months
    FROM pieces
    JOIN due earlier ON earlier.entitlement_id = pieces.id
    JOIN parts now ON now.payee = earlier.payee
    JOIN registry_entitlement paid ON paid.id = now.entitlement_id AND paid.dossier_id = pieces.dossier_id
        AND paid.benefit_type = pieces.benefit_type
    LEFT JOIN lumps ON lumps.number = earlier.number
    WHERE pieces.amount > coalesce(lumps.amount, 0)
      AND NOT EXISTS (SELECT FROM due WHERE due.entitlement_id = pieces.id AND due.month = %(month)s)
    ORDER BY pieces.id, now.start_month DESC
),
payees AS (
    SELECT payee, min(name) AS name, (array_agg(person_id))[1] AS person_id,
           (array_agg(insured_id ORDER BY is_over, start_month, number))[1] AS insured_id,
           (array_agg(entitlement_id ORDER BY is_over, start_month, number))[1] AS entitlement_id,
           (array_agg(office ORDER BY is_over, start_month, number))[1] AS office,
           CASE WHEN (array_agg(method ORDER BY is_over, start_month, number))[1] = 'bank_account'
                THEN 'bank' ELSE 'cash' END AS method,
           coalesce((array_agg(commune ORDER BY is_over, start_month, number))[1], '') AS commune,
           sum(amount + owed) AS amount, sum(owed) AS arrears,
           jsonb_agg(jsonb_build_array(number, amount, owed, owed_months) ORDER BY start_month, number) AS parts
    FROM (SELECT parts.*, false AS is_over FROM parts UNION ALL SELECT ended.*, true FROM ended) every
    GROUP BY payee
)
INSERT INTO ansinh_month_payees
SELECT payees.*, account.key AS account_key, coalesce(agent.full_name, '') AS collector,
       CASE WHEN payees.method = 'cash' THEN ''
            WHEN account.key IS NULL THEN 'account-missing'
            WHEN EXISTS (SELECT FROM registry_bankaccountchange stopped
                         WHERE stopped.person_id = payees.person_id AND stopped.state = 'frozen'
                           AND stopped.account_key = account.key) THEN 'account-frozen'
            ELSE '' END AS blocked
FROM payees
JOIN registry_entitlement first ON first.id = payees.entitlement_id
LEFT JOIN people_person person ON person.id = payees.person_id
LEFT JOIN LATERAL (
    SELECT account_key FROM registry_bankaccountchange
    WHERE person_id = payees.person_id AND state IN ('held', 'approved') AND effective_at <= %(at)s
    ORDER BY effective_at DESC LIMIT 1) changed ON true
CROSS JOIN LATERAL (
    SELECT coalesce(changed.account_key, first.bank_account_key, person.bank_account_key) AS key) account
LEFT JOIN LATERAL (
    SELECT agent.full_name FROM people_mandate mandate JOIN people_person agent ON agent.id = mandate.agent_id
    WHERE mandate.principal_id = payees.person_id AND mandate.state = 'in_force' AND 'collect' = ANY (mandate.rights)
      AND mandate.valid_from <= %(day)s AND mandate.valid_to >= %(day)s AND agent.died_on IS NULL
    ORDER BY mandate.valid_from DESC LIMIT 1) agent ON true
"""

MONTH_TABLE: Final = """
CREATE TEMPORARY TABLE ansinh_month_payees (
    payee text, name text, person_id uuid, insured_id text, entitlement_id uuid, office text, method text,
    commune text, amount bigint, arrears bigint, parts jsonb, account_key bytea, collector text, blocked text
) ON COMMIT DROP
"""

# What lists before ordered, benefit by benefit, and who stood on the list of the month before.
BEFORE: Final = """
CREATE TEMPORARY TABLE ansinh_month_ordered ON COMMIT DROP AS
SELECT line.month, part.value ->> 0 AS number, line.order_id IS NULL AS is_held,
       CASE WHEN line.order_id IS NULL THEN 0 ELSE (part.value ->> 1)::bigint END AS of_month,
       CASE WHEN line.order_id IS NULL THEN '{}' ELSE coalesce(part.value -> 3, '{}') END AS made_up,
       CASE WHEN line.order_id IS NULL OR part.value -> 3 IS NOT NULL THEN 0
            ELSE (part.value ->> 2)::bigint END AS lump
FROM payments_payrollline line CROSS JOIN LATERAL jsonb_array_elements(line.parts) part
WHERE line.living AND line.month = ANY (%(months)s::date[])
"""
LAST: Final = """
CREATE TEMPORARY TABLE ansinh_month_last ON COMMIT DROP AS
SELECT line.payee, line.name, line.owner_id, line.insured_id, line.entitlement_id, line.amount, line.account_key,
       list.office_code, list.method, list.commune_code
FROM payments_payrollline line JOIN payments_payroll list ON list.id = line.payroll_id
WHERE line.living AND line.amount > 0 AND line.month = (%(month)s::date - interval '1 month')::date
"""
INDEXED_BEFORE: Final = """
CREATE INDEX ON ansinh_month_ordered (number, month);
CREATE INDEX ON ansinh_month_last (payee);
ANALYZE ansinh_month_ordered;
ANALYZE ansinh_month_last;
"""

INDEXED: Final = "CREATE INDEX ON ansinh_month_payees (payee); ANALYZE ansinh_month_payees"

# Who stood on the list of the month before and is not paid now, with why.
GONE: Final = """
CREATE TEMPORARY TABLE ansinh_month_gone ON COMMIT DROP AS
SELECT line.payee, line.name, line.owner_id AS person_id, line.insured_id, line.entitlement_id,
       line.office_code AS office, line.method, line.commune_code AS commune, line.amount AS last_amount,
       coalesce(CASE WHEN person.died_on < %(month)s
                     THEN %(died)s::text || ' ' || to_char(person.died_on, 'DD/MM/YYYY') END,
                (SELECT CASE change.kind WHEN 'place' THEN %(moved)s::text ELSE change.reason END
                 FROM registry_entitlementchange change
                 WHERE change.entitlement_id = line.entitlement_id AND change.valid_from <= %(month)s
                   AND change.kind IN ('stopped', 'place')
                 ORDER BY change.valid_from DESC, change.id DESC LIMIT 1), %(ended)s::text) AS why
FROM ansinh_month_last line
LEFT JOIN people_person person ON person.id = line.owner_id
WHERE line.office_code = ANY (%(offices)s)
  AND NOT EXISTS (SELECT FROM ansinh_month_payees now WHERE now.payee = line.payee)
"""

LISTS: Final = """
INSERT INTO payments_payroll (id, month, office_code, commune_code, method, state, count, held, total,
                              prepared_by_id, prepared_at)
SELECT gen_random_uuid(), %(month)s, office, commune, method, 'prepared',
       count(*) FILTER (WHERE is_paid AND blocked = ''), count(*) FILTER (WHERE is_paid AND blocked <> ''),
       coalesce(sum(amount) FILTER (WHERE is_paid AND blocked = ''), 0), %(officer)s, %(at)s
FROM (SELECT office, commune, method, amount, blocked, true AS is_paid FROM ansinh_month_payees
      UNION ALL SELECT office, commune, method, 0, '', false FROM ansinh_month_gone) everybody
GROUP BY office, commune, method
"""

LINES: Final = """
INSERT INTO payments_payrollline (payroll_id, living, month, payee, insured_id, entitlement_id, owner_id, name,
                                  collector, amount, arrears, parts, account_key, blocked, differences, last_amount,
                                  why)
SELECT list.id, true, %(month)s, now.payee, now.insured_id, now.entitlement_id, now.person_id, left(now.name, 100),
       left(now.collector, 100), now.amount, now.arrears, now.parts, now.account_key, now.blocked,
       CASE WHEN before.payee IS NULL THEN ARRAY['new']
            ELSE array_remove(ARRAY[
                CASE WHEN before.amount <> now.amount THEN 'changed' END,
                CASE WHEN before.account_key IS DISTINCT FROM now.account_key THEN 'account' END,
                CASE WHEN before.method <> now.method THEN 'method' END], NULL) END::varchar(8)[],
       before.amount,
       left(concat_ws('; ', reasons.said,
            CASE WHEN now.arrears > 0 THEN %(made_up)s::text END), 300)
FROM ansinh_month_payees now
JOIN payments_payroll list ON list.month = %(month)s AND list.state = 'prepared' AND list.prepared_at = %(at)s
    AND (list.office_code, list.commune_code, list.method) = (now.office, now.commune, now.method)
LEFT JOIN ansinh_month_last before ON before.payee = now.payee
LEFT JOIN LATERAL (
    SELECT string_agg(DISTINCT CASE change.kind
               WHEN 'amount' THEN %(risen)s::text WHEN 'resumed' THEN %(resumed)s::text
               WHEN 'place' THEN %(moved)s::text WHEN 'method' THEN %(form)s::text ELSE %(stopped)s::text END
               || coalesce(nullif(': ' || change.reason, ': '), ''), '; ') AS said
    FROM jsonb_array_elements(now.parts) part
    JOIN registry_entitlement paid ON paid.number = part.value ->> 0
    JOIN registry_entitlementchange change ON change.entitlement_id = paid.id AND change.valid_from = %(month)s
    ) reasons ON true
"""

STOPPED_LINES: Final = """
INSERT INTO payments_payrollline (payroll_id, living, month, payee, insured_id, entitlement_id, owner_id, name,
                                  collector, amount, arrears, parts, blocked, differences, last_amount, why)
SELECT list.id, true, %(month)s, gone.payee, gone.insured_id, gone.entitlement_id, gone.person_id, gone.name, '', 0, 0,
       '[]', '', ARRAY['stopped']::varchar(8)[], gone.last_amount, left(gone.why, 300)
FROM ansinh_month_gone gone
JOIN payments_payroll list ON list.month = %(month)s AND list.state = 'prepared' AND list.prepared_at = %(at)s
    AND (list.office_code, list.commune_code, list.method) = (gone.office, gone.commune, gone.method)
"""

# Orders of a list: identifiers, codes and moments are given, one for each line in turn.
ORDERS: Final = """
WITH given AS (SELECT * FROM unnest(%(lines)s::bigint[], %(ids)s::uuid[], %(codes)s::text[]) AS t(line_id, id, code)),
made AS (
    INSERT INTO payments_order (id, key, code, direction, state, amount, account, purpose_vi, purpose_en, office_code,
                                owner_id, name, period_from, period_to, due_on, method, bank, holder, rounds,
                                bank_reference, returned_because, created_at)
    SELECT given.id, 'payroll:' || to_char(line.month, 'YYYY-MM') || ':' || line.payee, given.code, 'out', 'ready',
           line.amount, %(account)s, %(vi)s, %(en)s, %(office)s, line.owner_id, line.name, line.month,
           (line.month + interval '1 month - 1 day')::date, %(due)s, %(method)s, '', '', 0, '', '', %(at)s
    FROM given JOIN payments_payrollline line ON line.id = given.line_id
)
UPDATE payments_payrollline line SET order_id = given.id FROM given WHERE line.id = given.line_id
"""

# Step of many orders: state, history, and the two sides of each booking.
MOVE: Final = """
UPDATE payments_order SET state = %(to)s::text, paid_at = CASE WHEN %(to)s::text = 'paid' THEN %(at)s ELSE paid_at END,
                          closed_at = CASE WHEN %(to)s::text IN ('paid', 'cancelled') THEN %(at)s END,
                          bank_reference = CASE WHEN %(to)s::text = 'paid' THEN code || '-' || rounds
                                                ELSE bank_reference END
WHERE id = ANY (%(ids)s::uuid[]) AND state = ANY (%(before)s)
"""
EVENTS: Final = """
INSERT INTO payments_orderevent (order_id, at, kind, actor, actor_name, facts)
SELECT id, %(at)s, %(kind)s, %(actor)s, %(actor_name)s, %(facts)s::jsonb || jsonb_build_object('state', state)
FROM payments_order WHERE id = ANY (%(ids)s::uuid[])
"""
BOOKINGS: Final = """
WITH booked AS (
    INSERT INTO payments_ledgertransaction (id, key, kind, office_code, dossier_id, booked_by, booked_at,
                                            transaction_number)
    SELECT gen_random_uuid(),
           'order:' || id || ':' || %(step)s::text
               || CASE WHEN %(step)s::text IN ('owed', 'stopped') THEN '' ELSE ':' || rounds END,
           %(step)s::text, office_code, dossier_id, %(actor)s, %(at)s, 0
    FROM payments_order WHERE id = ANY (%(ids)s::uuid[])
    RETURNING id, key
), amounts AS (
    SELECT booked.id, ordered.amount FROM booked
    JOIN payments_order ordered ON ordered.id = split_part(booked.key, ':', 2)::uuid
)
SELECT id, amount FROM amounts
"""
ENTRIES: Final = """
INSERT INTO payments_ledgerentry (booking_id, account, amount)
SELECT booking, side.account, side.sign * amount
FROM unnest(%(bookings)s::uuid[], %(amounts)s::bigint[]) AS t(booking, amount)
CROSS JOIN (VALUES (%(debit)s, 1), (%(credit)s, -1)) AS side(account, sign)
"""

# Where each order of a list goes at this moment: the sealed account with the row it is sealed for.
DESTINATIONS: Final = """
SELECT ordered.id, ordered.code, ordered.rounds, ordered.amount, line.account_key,
       change.id, change.bank, change.number, change.holder, change.account_key,
       paid.id, paid.bank_account, paid.bank_account_key, person.id, person.bank_account, person.bank_account_key
FROM payments_payrollline line
JOIN payments_order ordered ON ordered.id = line.order_id
JOIN registry_entitlement paid ON paid.id = line.entitlement_id
LEFT JOIN people_person person ON person.id = line.owner_id
LEFT JOIN LATERAL (
    SELECT id, bank, number, holder, account_key FROM registry_bankaccountchange
    WHERE person_id = line.owner_id AND state IN ('held', 'approved') AND effective_at <= %(at)s
    ORDER BY effective_at DESC LIMIT 1) change ON true
WHERE line.payroll_id = %(payroll)s AND ordered.method = 'bank' AND ordered.state IN ('ready', 'returned')
  AND NOT EXISTS (SELECT FROM registry_bankaccountchange stopped
                  WHERE stopped.person_id = line.owner_id AND stopped.state = 'frozen'
                    AND stopped.account_key = coalesce(change.account_key, paid.bank_account_key,
                                                       person.bank_account_key))
ORDER BY line.name, line.id
FOR UPDATE OF ordered
"""
INTO_FILE: Final = """
UPDATE payments_order SET bank = given.bank, number = given.number, holder = given.holder, batch_id = %(batch)s,
                          rounds = rounds + 1, state = 'batched'
FROM unnest(%(ids)s::uuid[], %(banks)s::text[], %(numbers)s::bytea[], %(holders)s::text[])
     AS given(id, bank, number, holder)
WHERE payments_order.id = given.id
"""
MOVED_ACCOUNTS: Final = """
SELECT count(*) FROM payments_order ordered
JOIN payments_payrollline line ON line.order_id = ordered.id
JOIN registry_entitlement paid ON paid.id = line.entitlement_id
LEFT JOIN people_person person ON person.id = line.owner_id
LEFT JOIN LATERAL (
    SELECT account_key FROM registry_bankaccountchange
    WHERE person_id = line.owner_id AND state IN ('held', 'approved') AND effective_at <= %(at)s
    ORDER BY effective_at DESC LIMIT 1) change ON true
WHERE ordered.batch_id = %(batch)s
  AND (coalesce(change.account_key, paid.bank_account_key, person.bank_account_key)
           IS DISTINCT FROM substring(ordered.number from 1 for 16)
       OR EXISTS (SELECT FROM registry_bankaccountchange stopped
                  WHERE stopped.person_id = line.owner_id AND stopped.state = 'frozen'
                    AND stopped.account_key = substring(ordered.number from 1 for 16)))
"""
# A benefit that is not paid for the month of the list, and only owed earlier months, is asked for by these.
UNPAID: Final = """
INSERT INTO registry_unpaidbenefit (id, insured_id, entitlement_number, month, decision_number, amount, why, listed_on)
SELECT gen_random_uuid(), paid.insured_id, paid.number, owed.month, '', owed.amount, %(why)s, %(day)s
FROM payments_payrollline line
JOIN payments_order ordered ON ordered.id = line.order_id
CROSS JOIN LATERAL jsonb_array_elements(line.parts) part
JOIN registry_entitlement paid ON paid.number = part.value ->> 0
CROSS JOIN LATERAL (
    SELECT (part.value ->> 1)::bigint = 0 AND (part.value ->> 2)::bigint = coalesce(
        (SELECT sum(value::bigint) FROM jsonb_each_text(part.value -> 3)), 0) AS by_month) told
CROSS JOIN LATERAL (
    SELECT line.month, (part.value ->> 1)::bigint + (part.value ->> 2)::bigint AS amount WHERE NOT told.by_month
    UNION ALL
    SELECT (key || '-01')::date, value::bigint FROM jsonb_each_text(part.value -> 3) WHERE told.by_month) owed
WHERE line.payroll_id = %(payroll)s AND ordered.id = ANY (%(ids)s::uuid[])
"""
