/// How counts and sums follow from expenses: what the triggers of both engines add up, and what a check counts again.
enum Totals {
    /// What a row of `totals` adds up. Months of one chart lie together, and so do the days of a month.
    enum Span: Int, CaseIterable {
        case allTimeByCategory
        case month
        case monthByCategory
        case dayByCategory

        /// The values of `period` and `category` for an expense, as SQL; `row` is what stands before its columns.
        func place(in row: String) -> (period: String, category: String) {
            switch self {
            case .allTimeByCategory: ("0", row + "category")
            case .month: (row + "day / 100", "0")
            case .monthByCategory: (row + "day / 100", row + "category")
            case .dayByCategory: (row + "day", row + "category")
            }
        }
    }

    /// The triggers of a SQLite file. Where many are added, their totals are too, all at once: see `TotalStore.add`.
    static let triggers = """
        CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses
            WHEN (SELECT adding FROM counters WHERE owner = new.owner) = 0 BEGIN
        \(added)
        END;
        CREATE TRIGGER expenses_removed AFTER DELETE ON expenses BEGIN
        \(removed)
        END;
        CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category ON expenses BEGIN
        \(added)
        \(removed)
        END;

        """

    /// The same on a server, once for all rows of a statement: a total that is changed many times in a transaction leaves as
    /// many dead rows, which each further change would go through.
    static let serverTriggers = """
        CREATE FUNCTION count_expenses() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
        IF TG_OP <> 'INSERT' THEN
            UPDATE totals SET count = totals.count - counted.count, sum = totals.sum - counted.sum
            FROM (
        \(changed("removed"))
            ) AS counted
            WHERE totals.owner = counted.owner AND totals.generation = counted.generation
                AND totals.span = counted.span AND totals.period = counted.period
                AND totals.category = counted.category;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO totals (owner, generation, span, period, category, count, sum)
        \(changed("added"))
            ON CONFLICT (owner, generation, span, period, category)
            DO UPDATE SET count = totals.count + excluded.count, sum = totals.sum + excluded.sum;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM totals USING (
        \(changed("removed"))
            ) AS counted
            WHERE totals.owner = counted.owner AND totals.generation = counted.generation
                AND totals.span = counted.span AND totals.period = counted.period
                AND totals.category = counted.category AND totals.count = 0;
        END IF;
        RETURN NULL;
        END $body$;
        CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_expenses();
        CREATE TRIGGER expenses_removed AFTER DELETE ON expenses
            REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_expenses();
        CREATE TRIGGER expenses_updated AFTER UPDATE ON expenses
            REFERENCING OLD TABLE AS removed NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION count_expenses();

        """

    /// The totals of the rows in a table of a trigger.
    private static func changed(_ table: String) -> String {
        let places = Span.allCases.map { span in
            let (period, category) = span.place(in: "")
            return "(\(span.rawValue), \(period), \(category))"
        }
        return """
                    SELECT owner, generation, place.span, place.period, place.category, count(*) AS count,
                        CAST(sum(amount) AS BIGINT) AS sum
                    FROM \(table) JOIN counters USING (owner)
                        CROSS JOIN LATERAL (VALUES \(places.list)) AS place (span, period, category)
                    GROUP BY owner, generation, place.span, place.period, place.category
            """
    }

    /// The totals of the generation that is shown. `expenses` adds one: those of an owner alone are found by the key.
    static let view = """
        CREATE VIEW current_totals AS
            SELECT owner, span, period, category, count, sum FROM counters JOIN totals USING (owner, generation);

        """

    /// Counts the row `new`.
    private static let added = upsert("new.", "+")

    /// Takes the row `old` out; totals of nothing go.
    private static let removed =
        upsert("old.", "-") + "\n"
        + Span.allCases.map { span in
            let (period, category) = span.place(in: "old.")
            return """
                    DELETE FROM totals WHERE owner = old.owner
                        AND generation = (SELECT generation FROM counters WHERE owner = old.owner)
                        AND span = \(span.rawValue) AND period = \(period) AND category = \(category) AND count = 0;
                """
        }.joined(separator: "\n")

    private static func upsert(_ row: String, _ sign: String) -> String {
        let rows = Span.allCases.map { span in
            let (period, category) = span.place(in: row)
            return "        (\(row)owner, (SELECT generation FROM counters WHERE owner = \(row)owner), "
                + "\(span.rawValue), \(period), \(category), 1, \(row)amount)"
        }
        return """
                INSERT INTO totals (owner, generation, span, period, category, count, sum) VALUES
            \(rows.joined(separator: ",\n"))
                    ON CONFLICT (owner, generation, span, period, category)
                    DO UPDATE SET count = totals.count \(sign) 1, sum = totals.sum \(sign) excluded.sum;
            """
    }

    /// A SELECT of what `current_totals` should hold, counted from the expenses.
    static let counted =
        "WITH days AS (SELECT owner, day, category, count(*) AS count, CAST(sum(amount) AS BIGINT) AS sum "
        + "FROM expenses GROUP BY owner, day, category) "
        + Span.allCases.map { span in
            let (period, category) = span.place(in: "")
            let keys = ["owner", period, category].filter { $0 != "0" }
            return "SELECT owner, \(span.rawValue) AS span, \(period) AS period, \(category) AS category, "
                + "CAST(sum(count) AS BIGINT) AS count, CAST(sum(sum) AS BIGINT) AS sum "
                + "FROM days GROUP BY \(keys.list)"
        }.joined(separator: " UNION ALL ")
}
