-- The figures of the nation's violation summary as somebody would write them for PostgreSQL, sharing nothing with the
-- product. Each SELECT gives lines of a figure: part, key, numbers. What the law of measuring judges (instruments,
-- prepackages) is left out.

CREATE TEMPORARY TABLE kept AS
SELECT id, jurisdiction, agencies FROM campaign WHERE NOT voided;

CREATE TEMPORARY TABLE visited AS
SELECT visit.id, visited_on, campaign, jurisdiction, visit.unit, checklists,
       coalesce(merged_into, establishment) AS establishment
FROM visit JOIN kept ON kept.id = campaign JOIN establishment ON establishment.id = establishment
WHERE visited_on BETWEEN %(first)s AND %(last)s AND NOT visit.voided;

CREATE TEMPORARY TABLE found AS
SELECT violation.*, establishment, visited_on, visited.unit, domain
FROM visited JOIN violation ON violation.visit = visited.id AND NOT violation.voided
LEFT JOIN violation_type ON violation_type.id = violation_type;

CREATE TEMPORARY TABLE imposed AS
SELECT measure.*, establishment FROM visited JOIN measure ON measure.visit = visited.id AND NOT measure.voided;

CREATE TEMPORARY TABLE inspected AS
SELECT establishment.*, first_on, visits, last_unit, coalesce(found_there, 0) AS violations,
       CASE WHEN fined THEN 'fined' WHEN warned THEN 'warned' WHEN found_there IS NULL THEN 'passed'
            WHEN measured THEN 'measures_only' WHEN undecided THEN 'undecided' ELSE 'reminded' END AS outcome
FROM (SELECT establishment AS id, min(visited_on) AS first_on, count(*) AS visits FROM visited GROUP BY 1) AS each
JOIN (SELECT DISTINCT ON (establishment) establishment AS id, unit AS last_unit FROM visited
      ORDER BY establishment, visited_on DESC, id DESC) AS latest USING (id)
LEFT JOIN (SELECT establishment AS id, count(*) AS found_there, bool_or(sanction = 'fine') AS fined,
                  bool_or(sanction = 'warning') AS warned, bool_or(sanction IS NULL) AS undecided
           FROM found GROUP BY 1) AS breached USING (id)
LEFT JOIN (SELECT DISTINCT establishment AS id, true AS measured FROM imposed) AS measured USING (id)
JOIN establishment USING (id);

CREATE TEMPORARY TABLE breached AS
SELECT DISTINCT coalesce(merged_into, establishment) AS establishment, visited_on
FROM visit JOIN kept ON kept.id = campaign JOIN establishment ON establishment.id = establishment
WHERE visited_on BETWEEN %(first)s::date - 365 AND %(last)s AND NOT visit.voided
  AND EXISTS (SELECT FROM violation WHERE violation.visit = visit.id AND NOT violation.voided);

CREATE TEMPORARY TABLE owed AS
SELECT violation.id, coalesce(merged_into, establishment) AS establishment, due_on
FROM violation JOIN visit ON visit.id = visit JOIN kept ON kept.id = campaign
JOIN establishment ON establishment.id = establishment
WHERE due_on <= %(last)s AND (remedied_on IS NULL OR remedied_on > %(last)s) AND corrected IS NOT TRUE
  AND NOT violation.voided AND NOT visit.voided;

CREATE TEMPORARY TABLE disputed AS
SELECT visited.establishment FROM conflict JOIN visited ON visited.id = target WHERE open AND target_kind = 'visit';

CREATE TEMPORARY TABLE compared AS
SELECT key, visit.id, coalesce(merged_into, establishment) AS establishment
FROM (VALUES ('now', %(first)s::date, %(last)s::date), ('previous', %(previous_first)s, %(previous_last)s),
             ('last_year', %(year_first)s, %(year_last)s)) AS period (key, first, last)
JOIN visit ON visited_on BETWEEN first AND last AND NOT visit.voided JOIN kept ON kept.id = campaign
JOIN establishment ON establishment.id = establishment;

ANALYZE visited; ANALYZE found; ANALYZE inspected; ANALYZE breached; ANALYZE compared;

SELECT 'totals' AS part, 'all' AS key, ARRAY[
  (SELECT count(*) FROM establishment WHERE NOT voided AND merged_into IS NULL
   AND (operating IS NOT FALSE OR id IN (SELECT id FROM inspected))),
  (SELECT count(*) FROM inspected), (SELECT count(*) FROM inspected WHERE violations > 0),
  (SELECT count(*) FROM visited), (SELECT count(DISTINCT visit) FROM found),
  (SELECT count(*) FROM found), (SELECT count(DISTINCT campaign) FROM visited)]::numeric[] AS numbers;

SELECT 'voided', 'all', ARRAY[count(*)] FROM visit WHERE voided AND visited_on BETWEEN %(first)s AND %(last)s;

SELECT 'outcomes', outcome, ARRAY[count(*)] FROM inspected GROUP BY 2;

SELECT 'by_month', month, ARRAY[count(DISTINCT establishment), count(*)]
  FROM (SELECT *, to_char(visited_on - 14 + interval '1 month', 'YYYY-MM') AS month FROM visited) AS dated GROUP BY 2;

SELECT 'violations_by_month', to_char(visited_on - 14 + interval '1 month', 'YYYY-MM'), ARRAY[count(DISTINCT visit), count(*)]
  FROM found GROUP BY 2;

SELECT 'by_unit', unit::text, ARRAY[count(*)] FROM visited GROUP BY 2;

SELECT 'establishments_by_unit', last_unit::text, ARRAY[count(*), count(*) FILTER (WHERE violations > 0)]
  FROM inspected GROUP BY 2;

SELECT 'violations_by_unit', unit::text, ARRAY[count(DISTINCT visit), count(*)] FROM found GROUP BY 2;

SELECT 'by_establishment_type', establishment_type,
                 ARRAY[count(*), count(*) FILTER (WHERE violations > 0), sum(visits), sum(violations)] FROM inspected GROUP BY 2;

SELECT 'by_risk', coalesce(risk, 'unknown'),
                 ARRAY[count(*), count(*) FILTER (WHERE violations > 0), sum(visits), sum(violations)] FROM inspected GROUP BY 2;

SELECT 'by_campaign', campaign::text, ARRAY[count(*), count(DISTINCT establishment)] FROM visited GROUP BY 2;

SELECT 'by_agency', agency, ARRAY[count(DISTINCT campaign), count(DISTINCT establishment), count(*)]
  FROM visited JOIN (SELECT kept.id AS campaign, json_array_elements_text(agencies) AS agency FROM kept
                     UNION SELECT campaign, agency::text FROM assignment WHERE NOT voided AND agency IS NOT NULL) AS sent
  USING (campaign) GROUP BY 2;

SELECT 'by_domain', domain, ARRAY[count(DISTINCT establishment), count(*)]
  FROM (SELECT DISTINCT visited.id, establishment, domain FROM visited, json_array_elements_text(checklists) AS used
        JOIN checklist ON checklist.id = used::uuid) AS within GROUP BY 2;

SELECT 'violations_by_domain', domain, ARRAY[count(DISTINCT establishment), count(*)] FROM found GROUP BY 2;

SELECT 'by_severity', coalesce(severity, 'unknown'), ARRAY[count(*)] FROM found GROUP BY 2;

SELECT 'by_code', code, ARRAY[count(*), count(DISTINCT establishment)] FROM found GROUP BY 2;

SELECT 'penalties', 'all', ARRAY[
  count(*) FILTER (WHERE sanction = 'reminder'), count(*) FILTER (WHERE sanction = 'warning'),
  count(*) FILTER (WHERE sanction = 'fine'), sum(amount) FILTER (WHERE sanction = 'fine'),
  count(*) FILTER (WHERE sanction = 'fine' AND amount IS NULL), count(*) FILTER (WHERE sanction IS NULL)] FROM found;

SELECT 'by_authority', coalesce(authority, ''), ARRAY[
  count(*) FILTER (WHERE sanction = 'warning'), count(*) FILTER (WHERE sanction = 'fine'), sum(amount)]
  FROM found WHERE sanction IN ('warning', 'fine') GROUP BY 2;

SELECT 'measures', measure_type, ARRAY[count(DISTINCT establishment), sum(product_count)] FROM imposed GROUP BY 2;

SELECT 'quantities', measure_type || ' ' || quantity_unit, ARRAY[sum(quantity)]
  FROM imposed WHERE quantity IS NOT NULL GROUP BY 2;

SELECT 'samples', coalesce(CASE WHEN sent_to IS NOT NULL OR sent_on IS NOT NULL THEN 'laboratory' ELSE 'quick' END,
                                       'total'), ARRAY[count(*), count(*) FILTER (WHERE result = 'pass'), count(*) FILTER (WHERE result = 'fail')]
  FROM sample JOIN visited ON visited.id = visit WHERE NOT voided
  GROUP BY ROLLUP (CASE WHEN sent_to IS NOT NULL OR sent_on IS NOT NULL THEN 'laboratory' ELSE 'quick' END);

SELECT 'repeat_offenders', 'all', ARRAY[count(*), sum(breaches)]
  FROM (SELECT breached.establishment, count(*) AS breaches
        FROM breached JOIN (SELECT establishment, max(visited_on) AS latest FROM found GROUP BY 1) AS now USING (establishment)
        WHERE visited_on BETWEEN latest - 365 AND latest GROUP BY 1 HAVING count(*) > 1) AS again;

SELECT 'overdue_remedies', 'all', ARRAY[count(*), count(DISTINCT establishment)] FROM owed WHERE due_on < %(last)s;

SELECT 'commendable', 'all', ARRAY[count(*)] FROM inspected
  WHERE operating IS NOT FALSE AND NOT voided
    AND NOT EXISTS (SELECT FROM breached WHERE establishment = inspected.id AND visited_on >= first_on - 365)
    AND id NOT IN (SELECT establishment FROM owed) AND id NOT IN (SELECT establishment FROM disputed);

SELECT 'comparison', key, ARRAY[
  count(DISTINCT compared.establishment), count(DISTINCT compared.establishment) FILTER (WHERE violation.id IS NOT NULL),
  count(DISTINCT compared.id), count(violation.id), count(violation.id) FILTER (WHERE sanction = 'fine'),
  coalesce(sum(amount) FILTER (WHERE sanction = 'fine'), 0)]
  FROM compared LEFT JOIN violation ON violation.visit = compared.id AND NOT violation.voided GROUP BY 2;

SELECT 'petitions', petition_kind, ARRAY[
  count(*) FILTER (WHERE received_on < %(first)s), count(*) FILTER (WHERE received_on >= %(first)s),
  count(*) FILTER (WHERE settled_on <= %(last)s)]
  FROM complaint WHERE NOT voided AND received_on <= %(last)s
   AND (received_on >= %(first)s OR settled_on IS NULL OR settled_on >= %(first)s) GROUP BY 2;

SELECT 'open_conflicts', 'all', ARRAY[count(*)] FROM disputed
