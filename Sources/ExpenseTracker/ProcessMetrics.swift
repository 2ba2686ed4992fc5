import Glibc
import Platform
import Web

/// What Prometheus' own libraries tell of a process, under the same names, and which build it is.
enum ProcessMetrics {
    /// Read by `begin`, before anything else takes time.
    private static let start = Clock.unixMilliseconds

    /// Notes the time as that of the program's start.
    static func begin() { _ = start }

    static func append(to metrics: inout MetricsText) {
        metrics.begin(.gauge, "expense_tracker_build_info", "1, with the version of the program.")
        let version = Help.version.split(separator: " ").last ?? ""
        metrics.add("expense_tracker_build_info", ["version": String(version)], 1)
        metrics.add(
            .gauge, "process_start_time_seconds", "When the program was started.",
            MetricsText.seconds(start * 1000))
        metrics.add(
            .counter, "process_cpu_seconds", "Time of all processors that the program has used.",
            MetricsText.seconds(Clock.processorMicroseconds))
        if let (virtual, resident) = memory() {
            metrics.add(
                .gauge, "process_virtual_memory_bytes", "Virtual memory of the program.", virtual)
            metrics.add(.gauge, "process_resident_memory_bytes", "Memory of the program.", resident)
        }
        if let count = try? Directory.names(in: "/proc/self/fd").count {
            // One of them is that of the folder itself.
            metrics.add(.gauge, "process_open_fds", "Open files and sockets.", count - 1)
        }
        metrics.add(
            .gauge, "process_max_fds", "Files and sockets that may be open.", DescriptorLimit.current)
    }

    private static func memory() -> (virtual: Int, resident: Int)? {
        guard let file = try? FileDescriptor.openFile("/proc/self/statm") else { return nil }
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = unsafe read(file.number, &bytes, bytes.count)
        let pages = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
            .compactMap { Int($0) }
        guard pages.count > 1 else { return nil }
        let size = sysconf(Int32(_SC_PAGESIZE))
        return (pages[0] * size, pages[1] * size)
    }
}
