import HTTP
import Platform
import Storage

extension Application {
    /// What the application has counted since the start.
    package func appendMetrics(to metrics: inout MetricsText) {
        if let requestCounts {
            let counts = zip(routeNames, requestCounts.snapshot())
            metrics.begin(.counter, "expense_tracker_requests", "Requests by route and status.")
            for (route, counts) in counts {
                for (index, count) in counts.byStatus.enumerated() where count > 0 {
                    metrics.add(
                        "expense_tracker_requests_total", ["route": route, "status": String(index + 100)],
                        count)
                }
            }
            let duration = "expense_tracker_request_duration_seconds"
            metrics.begin(.histogram, duration, "Time to answer a request, without sending the answer.")
            for (route, counts) in counts where counts.byDuration.contains(where: { $0 > 0 }) {
                var sum = 0
                for (bound, count) in zip(RequestCounts.bounds, counts.byDuration) {
                    sum += count
                    metrics.add(
                        duration + "_bucket", ["route": route, "le": MetricsText.seconds(bound)], sum)
                }
                sum += counts.byDuration[RequestCounts.bounds.count]
                metrics.add(duration + "_bucket", ["route": route, "le": "+Inf"], sum)
                metrics.add(duration + "_sum", ["route": route], MetricsText.seconds(counts.microseconds))
                metrics.add(duration + "_count", ["route": route], sum)
            }
        }
        let storage = storageStatistics
        metrics.begin(.gauge, "expense_tracker_queued_writes", "Writes that wait for the writer.")
        metrics.add("expense_tracker_queued_writes", storage.queuedWrites)
        metrics.begin(.counter, "expense_tracker_writes", "Writes that commits have answered.")
        metrics.add("expense_tracker_writes_total", storage.writes)
        metrics.begin(.counter, "expense_tracker_commits", "Transactions that have reached the disk.")
        metrics.add("expense_tracker_commits_total", storage.commits)
        metrics.begin(
            .counter, "expense_tracker_commit_seconds", "Time that the commits took, most of it for the disk."
        )
        metrics.add("expense_tracker_commit_seconds_total", MetricsText.seconds(storage.commitMicroseconds))
        metrics.begin(
            .gauge, "expense_tracker_wal_bytes",
            "Writes that are not in the database's file yet, but in the log beside it.")
        metrics.add("expense_tracker_wal_bytes", storage.logPages * 4096)
        metrics.begin(
            .gauge, "expense_tracker_readers", "Connections to the database that read, or wait for it.")
        metrics.add("expense_tracker_readers", ["state": "in use"], storage.readersInUse)
        metrics.add("expense_tracker_readers", ["state": "idle"], storage.readersIdle)
        if let server = storage.server {
            metrics.add(
                .gauge, "expense_tracker_writers", "Connections to the server for writing.", server.writers)
            metrics.add(
                .counter, "expense_tracker_database_round_trips",
                "How often a connection has waited for the server's answer.", server.roundTrips)
            metrics.add(
                .counter, "expense_tracker_database_errors",
                "What the server, or the way to it, has refused or not answered.", server.errors)
            metrics.add(
                .counter, "expense_tracker_database_retries", "Writes that were run again.", server.retries)
        }
        metrics.begin(
            .counter, "expense_tracker_lost_log_lines", "Lines of the log that nobody took in time.")
        metrics.add("expense_tracker_lost_log_lines_total", lostLogLines)
        metrics.begin(.gauge, "expense_tracker_passwords", "Passwords that are being hashed, or wait for it.")
        let work = workers.statistics
        metrics.add("expense_tracker_passwords", work.unfinished)
        let refused = "expense_tracker_sign_in_refusals"
        metrics.begin(.counter, refused, "Passwords that were not looked at, by the bound that was reached.")
        metrics.add(refused + "_total", ["bound": "log-ins of a network"], refusedLogIns)
        metrics.add(refused + "_total", ["bound": "registrations of a network"], refusedRegistrations)
        metrics.add(refused + "_total", ["bound": "queue of a network"], work.refusedToOwner)
        metrics.add(refused + "_total", ["bound": "queue of all"], work.refusedToAll)
    }
}
