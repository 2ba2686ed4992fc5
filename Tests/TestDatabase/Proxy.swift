#if PostgreSQL
    import Glibc
    import Synchronization

    /// Stands between connections and a server, and hands on what either says, until it is told otherwise.
    package final class Proxy: Sendable {
        /// What becomes of what is said.
        package enum Mode: Int, Sendable {
            case passing
            /// Neither hears of the other any more, as when the server's machine stands still.
            case silent
            /// What the client says reaches the server; before its answer both connections are closed.
            case cuttingAnswers
        }

        /// Where it is reached, with what else the server's address says.
        package let address: String
        private let listener: Int32
        private let folder: String
        private let mode = Atomic(Mode.passing.rawValue)
        private let isOver = Atomic(false)

        /// `server`: an address with the folder of its socket, as TEST_SERVER.
        package init(to server: String) throws {
            var template = Array("/tmp/proxy-XXXXXX".utf8CString)
            folder = unsafe template.withUnsafeMutableBufferPointer {
                unsafe String(cString: mkdtemp($0.baseAddress!))
            }
            listener = try unsafe Proxy.socket(at: folder + "/.s.PGSQL.5432") { descriptor, address, length in
                unsafe bind(descriptor, address, length) == 0 && listen(descriptor, 32) == 0
            }
            let real = Proxy.folder(in: server)
            address = server.replacing(real, with: folder)
            Proxy.start { [self] in
                while true {
                    let client = accept(listener, nil, nil)
                    guard client >= 0, !isOver.load(ordering: .acquiring) else { return }
                    let upstream = try? unsafe Proxy.socket(at: real + "/.s.PGSQL.5432") {
                        descriptor, address, length in
                        unsafe connect(descriptor, address, length) == 0
                    }
                    guard let upstream else {
                        close(client)
                        continue
                    }
                    Proxy.start { self.relay(client, upstream) }
                }
            }
        }

        package func set(_ mode: Mode) { self.mode.store(mode.rawValue, ordering: .releasing) }

        package func stop() {
            isOver.store(true, ordering: .releasing)
            shutdown(listener, Int32(SHUT_RDWR))
            close(listener)
            unsafe unlink(folder + "/.s.PGSQL.5432")
            unsafe rmdir(folder)
        }

        private func relay(_ client: Int32, _ upstream: Int32) {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            defer {
                close(client)
                close(upstream)
            }
            while !isOver.load(ordering: .acquiring) {
                let mode = Mode(rawValue: self.mode.load(ordering: .acquiring))
                var descriptors = [client, upstream].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
                guard mode != .silent else {
                    usleep(10_000)
                    continue
                }
                guard unsafe poll(&descriptors, 2, 20) > 0 else { continue }
                for (from, to) in [(0, 1), (1, 0)] where descriptors[from].revents != 0 {
                    if from == 1, mode == .cuttingAnswers { return }
                    let count = unsafe read(descriptors[from].fd, &buffer, buffer.count)
                    // It may have been told to be silent meanwhile.
                    while self.mode.load(ordering: .acquiring) == Mode.silent.rawValue,
                        !isOver.load(ordering: .acquiring)
                    { usleep(10_000) }
                    // The other one may be gone.
                    let flags = Int32(MSG_NOSIGNAL)
                    guard count > 0, unsafe send(descriptors[to].fd, buffer, count, flags) == count else {
                        return
                    }
                }
            }
        }

        /// The folder of the server's socket.
        package static func folder(in address: String) -> String {
            String(address.split(separator: "host=").last?.prefix { $0 != "&" } ?? "")
        }

        private struct Failure: Error {}

        private static func socket(
            at path: String, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Bool
        ) throws -> Int32 {
            let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { bytes in
                for (place, byte) in path.utf8.enumerated() { unsafe bytes[place] = byte }
            }
            let isUsed = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe use(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            guard isUsed else {
                close(descriptor)
                throw Failure()
            }
            return descriptor
        }

        private final class Body: Sendable {
            let run: @Sendable () -> Void
            init(_ run: @escaping @Sendable () -> Void) { self.run = run }
        }

        private static func start(_ body: @escaping @Sendable () -> Void) {
            var thread = pthread_t()
            unsafe pthread_create(
                &thread, nil,
                { box in
                    unsafe Unmanaged<Body>.fromOpaque(box!).takeRetainedValue().run()
                    return nil
                }, Unmanaged.passRetained(Body(body)).toOpaque())
            pthread_detach(thread)
        }
    }
#endif
