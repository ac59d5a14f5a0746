-- For people who open the file with sqlite3 or Datasette: every view has plain columns, and the ids that lead from one to the
-- next. They are read by nothing of ours. Lists are joined by "; ". What is derived is as of the last time that sayso read
-- the ledger; `sayso claims` brings it up to date.

CREATE VIEW withdrawn_reports AS
    -- A withdrawal counts unless it was rejected, and that rejection was not rejected in its turn.
    SELECT w.subject AS report, min(w.at) AS withdrawn_at, w.value AS reason, w.author
    FROM judgements AS w
    WHERE w.verdict = 'withdraw' AND NOT EXISTS (
        SELECT 1 FROM judgements AS undo
        WHERE undo.verdict = 'reject' AND undo.subject = w.id AND NOT EXISTS (
            SELECT 1 FROM judgements AS redo
            WHERE redo.verdict = 'reject' AND redo.subject = undo.id AND NOT EXISTS (
                SELECT 1 FROM judgements AS last WHERE last.verdict = 'reject' AND last.subject = redo.id)))
    GROUP BY w.subject;

CREATE VIEW report_origins AS
    SELECT member.value AS report, o.id AS origin, json_array_length(o.reports) AS reports_of_origin, o.story
    FROM origins AS o, json_each(o.reports) AS member;

CREATE VIEW reports_readable AS
    SELECT r.id AS report, r.outlet, r.title, r.published, r.byline, r.url, r.language,
           length(r.text) AS characters,
           (SELECT count(*) FROM current_statements AS s WHERE s.report = r.id) AS statements,
           r.edited, r.forwarded_from, g.story, w.withdrawn_at, w.reason AS withdrawn_because,
           r.captured_at, r.capture_place, r.sha256, r.text
    FROM reports AS r
    LEFT JOIN gists AS g ON g.report = r.id
    LEFT JOIN withdrawn_reports AS w ON w.report = r.id;

CREATE VIEW who_said_what AS
    SELECT s.id AS statement, coalesce(s.actor_name, r.outlet) AS said_by, s.actor_role AS role, s.act, s.negated,
           s.words,
           -- from its first word to its last: with who says it and how
           substr(r.text, s.starts_at + 1, s.ends_at - s.starts_at) AS passage,
           r.outlet, r.published, r.title, r.url, s.kind, s.hedge_word AS hedge, s.medium,
           (SELECT group_concat(json_extract(value, '$.name'), '; ') FROM json_each(s.relay)) AS relayed_by,
           s.said_value AS said,
           (SELECT group_concat(json_extract(value, '$.value'), '; ') FROM json_each(s.happened)) AS happened,
           (SELECT group_concat(json_extract(value, '$.name'), '; ') FROM json_each(s.places)) AS places,
           (SELECT group_concat(printf('%.15g', json_extract(value, '$.best')), '; ') FROM json_each(s.quantities)
            WHERE json_extract(value, '$.best') IS NOT NULL) AS numbers,
           (SELECT group_concat(claim, '; ') FROM (
                SELECT c.claim FROM claim_statements AS c
                WHERE c.statement = s.id AND c.role = 'rests_on' ORDER BY c.claim)) AS claims,
           s.actor_id AS actor, s.actor_type, s.confidence, s.starts_at, s.ends_at, s.report
    FROM (
        SELECT c.*,
               (SELECT min(json_extract(span.value, '$[0]')) FROM (
                    SELECT c.source AS list UNION ALL SELECT c.cue UNION ALL SELECT c.content) AS spans,
                    json_each(spans.list) AS span) AS starts_at,
               (SELECT max(json_extract(span.value, '$[1]')) FROM (
                    SELECT c.source AS list UNION ALL SELECT c.cue UNION ALL SELECT c.content) AS spans,
                    json_each(spans.list) AS span) AS ends_at
        FROM current_statements AS c) AS s
    JOIN reports AS r ON r.id = s.report;

CREATE VIEW claim_reports AS
    SELECT c.claim, s.id AS statement, r.id AS report, r.outlet, r.published, r.title, r.url
    FROM claim_statements AS c
    JOIN current_statements AS s ON s.id = c.statement
    JOIN reports AS r ON r.id = s.report
    WHERE c.role = 'rests_on';

CREATE VIEW account_claims AS
    SELECT c.id AS claim, q.text AS question, c.wording,
           json_extract(c.answer, '$.holds') AS holds,  -- 0: it is denied
           c.status, c.rule, c.origins,
           (SELECT count(*) FROM claim_reports AS r WHERE r.claim = c.id) AS statements,
           (SELECT count(DISTINCT r.report) FROM claim_reports AS r WHERE r.claim = c.id) AS reports,
           (SELECT group_concat(name, '; ') FROM (
                SELECT DISTINCT json_extract(value, '$.name') AS name FROM json_each(c.known_by))) AS known_by,
           (SELECT group_concat(value, '; ') FROM json_each(c.sides)) AS sides,
           (SELECT min(r.published) FROM claim_reports AS r WHERE r.claim = c.id) AS first_published,
           (SELECT max(r.published) FROM claim_reports AS r WHERE r.claim = c.id) AS last_published,
           json_extract(c.answer, '$.low') AS low, json_extract(c.answer, '$.best') AS best,
           json_extract(c.answer, '$.high') AS high, json_extract(c.answer, '$.unit') AS unit,
           json_extract(c.answer, '$.counted') AS counted, json_extract(c.answer, '$.measure') AS measure,
           (SELECT count(*) FROM claim_statements AS u WHERE u.claim = c.id AND u.role = 'unverified_by') AS could_not_verify,
           q.slot, c.question AS question_id, c.story
    FROM claims AS c JOIN questions AS q ON q.id = c.question;

CREATE VIEW relations_readable AS
    SELECT a.wording AS claim, a.status, n.kind AS relation, b.wording AS other_claim, b.status AS other_status, n.slot,
           round(n.score, 4) AS score,
           (SELECT group_concat(value, '; ') FROM json_each(n.reasons)) AS reasons,
           n.judge, n.from_claim, n.to_claim, n.story
    FROM relations AS n JOIN claims AS a ON a.id = n.from_claim JOIN claims AS b ON b.id = n.to_claim;

CREATE VIEW derivations_readable AS
    SELECT d.outlet, d.title, e.kind, b.outlet AS from_outlet, b.title AS from_title, round(e.score, 4) AS score,
           (SELECT group_concat(value, '; ') FROM json_each(e.reasons)) AS reasons,
           d.published, b.published AS from_published, e.derived AS report, e.base AS from_report, e.origin
    FROM edges AS e JOIN reports AS d ON d.id = e.derived JOIN reports AS b ON b.id = e.base;
