-- A national load, made in the database. Every number follows from a row's own number, so that a district loaded alone
-- has the very rows that it has among the others. Needs the tables size (districts, establishments, visits, first, days,
-- alone) and act (n, code, domain, name_vi).

CREATE TEMPORARY TABLE district AS
SELECT d, md5('district' || d)::uuid AS id, 'reference:' || md5('district' || d)::uuid AS reference,
       'establishments:' || md5('district' || d)::uuid AS places
FROM size, generate_series(0, districts - 1) AS d
WHERE alone IS NULL OR d = alone;

INSERT INTO unit (id, scope, version, voided, conflicts, code, name, level, valid_from)
SELECT id, reference, d + 1, false, 0, lpad(d::text, 3, '0'), 'Huyện ' || d, 'district', '2004-01-01' FROM district;

INSERT INTO unit (id, scope, version, voided, conflicts, code, name, level, parent, valid_from, valid_to)
SELECT md5('commune' || d || ':' || k)::uuid, reference, k, false, 0, d || '-' || k, 'Xã ' || d || '.' || k, 'commune', id,
       '2004-01-01', CASE WHEN k = 16 THEN first + days / 2 END
FROM size, district, generate_series(1, 16) AS k;

INSERT INTO agency (id, scope, version, voided, conflicts, code, name_vi, name_en)
SELECT md5('agency' || d || ':' || k)::uuid, reference, k, false, 0, 'agency' || k, 'Cơ quan ' || k, 'Agency ' || k
FROM district, generate_series(1, 5) AS k;

INSERT INTO violation_type (id, scope, version, voided, conflicts, code, domain, name_vi, legal_basis, verified, valid_from)
SELECT md5('act' || d || ':' || n)::uuid, reference, n, false, 0, code, domain, name_vi, '', 'V', '2018-01-01'
FROM district, act;

INSERT INTO checklist
  (id, scope, version, voided, conflicts, code, domain, edition, title_vi, title_en, valid_from, items)
SELECT md5('checklist' || d || ':' || domain)::uuid, reference, 1, false, 0, domain, domain, 1, domain, domain,
       '2018-01-01', '[]'
FROM district, unnest(ARRAY['food_safety', 'measurement', 'quality', 'labels']) AS domain;

INSERT INTO campaign (id, scope, version, voided, conflicts, jurisdiction, name, campaign_type, starts_on, ends_on, agencies)
SELECT campaign, 'campaign:' || campaign, 1, false, 0, id, 'Đợt ' || q, 'periodic', first + q * 91, first + q * 91 + 90,
       (SELECT json_agg(md5('agency' || d || ':' || k)::uuid) FROM generate_series(1, 3) AS k)
FROM size, district, LATERAL generate_series(0, days / 91) AS q,
     LATERAL (SELECT md5('campaign' || d || ':' || q)::uuid AS campaign) AS named;

INSERT INTO assignment (id, scope, version, voided, conflicts, campaign, person, agency, duty)
SELECT md5('assignment' || campaign.id || k)::uuid, campaign.scope, 1 + k, false, 0, campaign.id,
       md5('person' || d || ':' || k)::uuid, md5('agency' || d || ':' || 1 + k % 5)::uuid, 'member'
FROM campaign JOIN district ON district.id = jurisdiction, generate_series(1, 8) AS k;

INSERT INTO establishment
  (id, scope, version, voided, conflicts, name, address, unit, establishment_type, risk, operating, merged_into)
SELECT md5('establishment' || d || ':' || e)::uuid, places, e, false, 0, 'Cơ sở ' || d || '.' || e, 'Thôn ' || e % 20,
       md5('commune' || d || ':' || 1 + e % 16)::uuid,
       (ARRAY['production', 'processing_trade', 'catering', 'street_food', 'other'])[1 + e % 5],
       (ARRAY['high', 'medium', 'low', NULL])[1 + e / 5 % 4], e % 40 <> 7,
       CASE WHEN e % 100 = 99 THEN md5('establishment' || d || ':' || e - 1)::uuid END
FROM size, district, generate_series(1, establishments) AS e;

-- Visits in the order of their days, the districts mixed as they are in life.
CREATE TEMPORARY TABLE planned AS
SELECT i, i % districts AS d, (lpad(to_hex(i), 12, '0') || substr(md5('visit' || i), 13))::uuid AS id,
       first + (i::bigint * days / visits)::int AS day, abs(hashint4(i)) AS chance,
       md5('campaign' || i % districts || ':' || (i::bigint * days / visits)::int / 91)::uuid AS campaign,
       1 + abs(hashint4(-1 - i)) % establishments AS e
FROM size, generate_series(0, visits - 1) AS i
WHERE alone IS NULL OR i % districts = alone;

INSERT INTO visit (id, scope, version, voided, conflicts, campaign, establishment, visited_on, visit_type, unit, checklists)
SELECT id, 'campaign:' || campaign, 1000 + i, chance % 97 = 0, 0, campaign,
       md5('establishment' || d || ':' || e)::uuid, day, 'periodic', md5('commune' || d || ':' || 1 + e % 16)::uuid,
       CASE chance % 3
         WHEN 0 THEN json_build_array(md5('checklist' || d || ':food_safety')::uuid)
         WHEN 1 THEN json_build_array(md5('checklist' || d || ':food_safety')::uuid, md5('checklist' || d || ':labels')::uuid)
         ELSE json_build_array(md5('checklist' || d || ':measurement')::uuid, md5('checklist' || d || ':quality')::uuid)
       END
FROM planned ORDER BY i;

INSERT INTO answer (id, scope, version, voided, conflicts, visit, checklist, item, result)
SELECT md5('answer' || i || ':' || k)::uuid, 'campaign:' || campaign, 1001 + i, false, 0, id,
       md5('checklist' || d || ':food_safety')::uuid, 'F' || k, CASE WHEN (chance + k) % 9 = 0 THEN 'fail' ELSE 'pass' END
FROM planned, generate_series(1, 12) AS k;

CREATE TEMPORARY TABLE breach AS
SELECT planned.*, k, abs(hashint4(i * 4 + k)) AS luck,
       (lpad(to_hex(i), 12, '0') || substr(md5('violation' || i || ':' || k), 13))::uuid AS violation
FROM planned, LATERAL generate_series(1, CASE WHEN chance % 100 < 38 THEN 1 + chance % 3 ELSE 0 END) AS k;

INSERT INTO violation
  (id, scope, version, voided, conflicts, visit, code, violation_type, severity, found_on, sanction, authority, amount,
   due_on, remedied_on, corrected)
SELECT violation, 'campaign:' || campaign, 1002 + i, luck % 211 = 0, 0, id, code, md5('act' || d || ':' || n)::uuid,
       (ARRAY['nhẹ', 'vừa', 'nặng', NULL])[1 + luck / 7 % 4], day, sanction,
       CASE WHEN sanction IN ('fine', 'warning') THEN (ARRAY['Chủ tịch UBND', 'Đội QLTT', NULL])[1 + luck / 11 % 3] END,
       CASE WHEN sanction = 'fine' AND luck % 50 <> 1 THEN 500000 * (1 + luck % 12) END,
       CASE WHEN luck / 13 % 10 < 4 THEN day + 30 END,
       CASE WHEN luck / 13 % 10 < 4 AND luck / 17 % 20 <> 0 THEN day + 25 + luck % 10 END,
       CASE WHEN luck % 12 = 0 THEN true END
FROM (SELECT *, 1 + luck % (SELECT count(*) FROM act) AS n,
             (ARRAY['reminder', 'reminder', 'fine', 'warning', NULL])[1 + luck / 3 % 5] AS sanction FROM breach) AS made
JOIN act USING (n) ORDER BY i;

INSERT INTO measure
  (id, scope, version, voided, conflicts, visit, violation, measure_type, product_count, quantity, quantity_unit)
SELECT md5('measure' || i || ':' || k)::uuid, 'campaign:' || campaign, 1003 + i, false, 0, id, violation,
       (ARRAY['closure', 'suspension', 'destruction', 'label_remedy', 'other', 'referral'])[1 + luck % 6], luck % 5,
       CASE WHEN luck % 6 = 2 THEN (luck % 40) / 4.0 END, CASE WHEN luck % 6 = 2 THEN 'kg' END
FROM breach WHERE luck / 19 % 5 = 0 ORDER BY i;

INSERT INTO sample (id, scope, version, voided, conflicts, visit, product, result, sent_to)
SELECT md5('sample' || i)::uuid, 'campaign:' || campaign, 1004 + i, false, 0, id, 'bánh đa',
       (ARRAY['pass', 'pass', 'fail', NULL])[1 + chance / 5 % 4], CASE WHEN chance % 2 = 0 THEN 'Trung tâm' END
FROM planned WHERE chance / 23 % 10 = 0 ORDER BY i;

INSERT INTO instrument_check (id, scope, version, voided, conflicts, visit, instrument, evidence, verified_on)
SELECT md5('instrument' || i)::uuid, 'campaign:' || campaign, 1005 + i, false, 0, id,
       (ARRAY['spring_scale', 'table_scale', 'fuel_dispenser'])[1 + chance % 3],
       (ARRAY['sticker', 'sticker', 'none'])[1 + chance / 3 % 3], day - 100 - chance % 400
FROM planned WHERE chance / 29 % 16 = 0 ORDER BY i;

INSERT INTO package_check (id, scope, version, voided, conflicts, visit, product, nominal, nominal_unit, lot_size, weights)
SELECT md5('package' || i)::uuid, 'campaign:' || campaign, 1006 + i, false, 0, id, 'gạo', 500, 'g', 10,
       CASE chance % 2 WHEN 0 THEN '["500","501","499","500","502","500","500","501","500","500"]'
                       ELSE '["480","470","499","500","490","480","470","480","490","480"]' END::json
FROM planned WHERE chance / 31 % 25 = 0 ORDER BY i;

INSERT INTO complaint
  (id, scope, version, voided, conflicts, jurisdiction, petition_kind, channel, received_on, register_number, register_year,
   field, summary, status, accepted_on, due_on, outcome, settled_on)
SELECT complaint, 'complaint:' || complaint, 1, false, 0, id, (ARRAY['complaint', 'denunciation', 'recommendation'])[1 + n % 3],
       (ARRAY['post', 'desk', 'online'])[1 + n / 3 % 3], received, n, extract(year FROM received), 'food_safety',
       'Phản ánh về chất lượng hàng hóa', CASE WHEN n % 10 = 0 THEN 'accepted' ELSE 'settled' END, received + 5, received + 45,
       CASE WHEN n % 10 <> 0 THEN (ARRAY['right', 'wrong', 'partly'])[1 + n % 3] END,
       CASE WHEN n % 10 <> 0 THEN received + 30 + n % 20 END
FROM (SELECT d, id, n, first + n * days / 40 AS received, md5('complaint' || d || ':' || n)::uuid AS complaint
      FROM size, district, generate_series(1, 36) AS n) AS written;

INSERT INTO conflict (id, scope, version, target_kind, target, field, stored, candidates, open)
SELECT md5('conflict' || i)::uuid, 'campaign:' || campaign, 1007 + i, 'visit', id, 'note', '{}', '[]', chance / 37 % 10 = 0
FROM planned WHERE chance / 41 % 200 = 0;

INSERT INTO journal_scope (id, head, head_hash)
SELECT scope, max(version), sha256(scope::bytea)
FROM (SELECT scope, version FROM unit UNION ALL SELECT scope, version FROM establishment
      UNION ALL SELECT scope, version FROM assignment UNION ALL SELECT scope, version FROM visit
      UNION ALL SELECT scope, version FROM complaint) AS moved
GROUP BY scope;
