import Expenses

/// How counts and sums follow from expenses: what the triggers of both engines add up, and what a check counts again.
enum Totals {
    /// What a row of `totals` adds up. Months of one chart lie together, and so do the days of a month.
    enum Span: Int, CaseIterable {
        case allTimeByCategory
        case month
        case monthByCategory
        case dayByCategory

        /// The values of `period` and `category` for an expense, as SQL; `row` is what stands before its columns, `start`
        /// the day on which months begin.
        func place(in row: String, start: String) -> (period: String, category: String) {
            switch self {
            case .allTimeByCategory: ("0", row + "category")
            case .month: (MonthCalendar.month(of: row + "day", start: start), "0")
            case .monthByCategory: (MonthCalendar.month(of: row + "day", start: start), row + "category")
            case .dayByCategory: (row + "day", row + "category")
            }
        }
    }

    /// The totals that triggers keep.
    private enum Kept {
        /// Those that are shown.
        case shown
        /// Those that are being counted, as far as they have come.
        case counted

        /// The column of `counters` with the day on which their months begin.
        var start: String {
            switch self {
            case .shown: "month_start"
            case .counted: "counted_month_start"
            }
        }

        /// Begins with " AND " unless it is empty: which expenses they hold.
        func condition(_ row: String) -> String {
            switch self {
            case .shown: ""
            case .counted: " AND \(row)day <= counted_through"
            }
        }
    }

    /// The triggers of a SQLite file. Where many are added, their totals are too, all at once: see `TotalStore.endAdding`.
    static let triggers = """
        CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses
            WHEN (SELECT adding FROM counters WHERE owner = new.owner) = 0 BEGIN
        \(added(.shown))
        END;
        CREATE TRIGGER expenses_removed AFTER DELETE ON expenses BEGIN
        \(removed(.shown))
        END;
        CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category ON expenses BEGIN
        \(added(.shown))
        \(removed(.shown))
        END;
        CREATE TRIGGER expenses_inserted_while_counting AFTER INSERT ON expenses
            WHEN (SELECT counted_through > 0 AND adding = 0 FROM counters WHERE owner = new.owner) BEGIN
        \(added(.counted))
        END;
        CREATE TRIGGER expenses_removed_while_counting AFTER DELETE ON expenses
            WHEN (SELECT counted_through > 0 FROM counters WHERE owner = old.owner) BEGIN
        \(removed(.counted))
        END;
        CREATE TRIGGER expenses_updated_while_counting AFTER UPDATE OF owner, day, amount, category ON expenses
            WHEN (SELECT counted_through > 0 FROM counters WHERE owner = new.owner) BEGIN
        \(added(.counted))
        \(removed(.counted))
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
            WHERE totals.owner = counted.owner AND totals.month_start = counted.month_start
                AND totals.span = counted.span AND totals.period = counted.period
                AND totals.category = counted.category;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        \(changed("added"))
            ON CONFLICT (owner, month_start, span, period, category)
            DO UPDATE SET count = totals.count + excluded.count, sum = totals.sum + excluded.sum;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM totals USING (
        \(changed("removed"))
            ) AS counted
            WHERE totals.owner = counted.owner AND totals.month_start = counted.month_start
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
            let (period, category) = span.place(in: "", start: "kept.month_start")
            return "(\(span.rawValue), \(period), \(category))"
        }
        return """
                    SELECT owner, kept.month_start, place.span, place.period, place.category, count(*) AS count,
                        CAST(sum(amount) AS BIGINT) AS sum
                    FROM \(table) JOIN counters USING (owner)
                        CROSS JOIN LATERAL (VALUES (month_start, \(Day.last.number)),
                            (counted_month_start, counted_through)) AS kept (month_start, through)
                        CROSS JOIN LATERAL (VALUES \(places.list)) AS place (span, period, category)
                    WHERE day <= kept.through
                    GROUP BY owner, kept.month_start, place.span, place.period, place.category
            """
    }

    /// The totals that are shown. `expenses` adds one: those of an owner alone are found by the key.
    static let view = """
        CREATE VIEW current_totals AS
            SELECT owner, span, period, category, count, sum FROM counters JOIN totals USING (owner, month_start);

        """

    /// Counts the row `new`.
    private static func added(_ kept: Kept) -> String { upsert("new.", "+", kept) }

    /// Takes the row `old` out; totals of nothing go.
    private static func removed(_ kept: Kept) -> String {
        upsert("old.", "-", kept) + "\n"
            + Span.allCases.map { span in
                let (period, category) = span.place(in: "old.", start: kept.start)
                return """
                        DELETE FROM totals WHERE owner = old.owner
                            AND (month_start, period) = (
                                SELECT \(kept.start), \(period) FROM counters
                                WHERE owner = old.owner\(kept.condition("old.")))
                            AND span = \(span.rawValue) AND category = \(category) AND count = 0;
                    """
            }.joined(separator: "\n")
    }

    private static func upsert(_ row: String, _ sign: String, _ kept: Kept) -> String {
        let rows = Span.allCases.map { span in
            let (period, category) = span.place(in: row, start: kept.start)
            return "SELECT owner, \(kept.start), \(span.rawValue), \(period), \(category), 1, \(row)amount "
                + "FROM counters WHERE owner = \(row)owner\(kept.condition(row))"
        }
        return """
                INSERT INTO totals (owner, month_start, span, period, category, count, sum)
                    \(rows.joined(separator: "\n        UNION ALL "))
                    ON CONFLICT (owner, month_start, span, period, category)
                    DO UPDATE SET count = totals.count \(sign) 1, sum = totals.sum \(sign) excluded.sum;
            """
    }

    /// Which totals there should be of each owner, and through which day. Those of a `month_start` that is not named are to go.
    static let kept = """
        SELECT owner, month_start, \(Day.last.number) AS through FROM counters
        UNION ALL SELECT owner, counted_month_start, counted_through FROM counters WHERE counted_through > 0
        """

    /// A SELECT of what `totals` should hold, counted from the expenses.
    static let counted =
        "WITH days AS (SELECT owner, month_start, day, category, count(*) AS count, CAST(sum(amount) AS BIGINT) AS sum "
        + "FROM expenses JOIN (\(kept)) AS kept USING (owner) WHERE day <= through "
        + "GROUP BY owner, month_start, day, category) "
        + sums(of: "days")

    /// The totals that follow from a table with `owner, month_start, day, category, count, sum`, a row for each day and
    /// category.
    static func sums(of days: String) -> String {
        Span.allCases.map { span in
            let (period, category) = span.place(in: "", start: "month_start")
            let keys = ["owner", "month_start", period, category].filter { $0 != "0" }
            return "SELECT owner, month_start, \(span.rawValue) AS span, \(period) AS period, "
                + "\(category) AS category, CAST(sum(count) AS BIGINT) AS count, CAST(sum(sum) AS BIGINT) AS sum "
                + "FROM \(days) GROUP BY \(keys.list)"
        }.joined(separator: " UNION ALL ")
    }
}
