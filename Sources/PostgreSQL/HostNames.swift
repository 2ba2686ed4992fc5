#if PostgreSQL
    import Glibc
    import Platform
    import Synchronization

    /// The addresses that hosts have by their names. libpq would look them up while it connects, and wait as long as the
    /// system's resolver likes; here that happens on a thread, and nobody waits longer than the limit.
    package final class HostNames: Sendable {
        package typealias Found = Swift.Result<[String], PostgreSQLError>

        static let system = HostNames(lookUp: HostNames.addresses)

        private final class Waiter: Sendable {
            let found = Mutex<Found?>(nil)
            let semaphore = Semaphore()
        }

        private let lookUp: @Sendable (String) -> Found
        /// The callers that wait, by the name that is being looked up. A name has one thread at most, however many connect.
        private let waiting = Mutex<[String: [Waiter]]>([:])

        package init(lookUp: @escaping @Sendable (String) -> Found) { self.lookUp = lookUp }

        /// `limit`: microseconds.
        package func addresses(of name: String, limit: Int64) throws(PostgreSQLError) -> [String] {
            let waiter = Waiter()
            let isFirst = waiting.withLock { waiting in
                waiting[name, default: []].append(waiter)
                return waiting[name]?.count == 1
            }
            if isFirst { begin(name) }
            waiter.semaphore.wait(upTo: .microseconds(limit))
            // A caller that gives up leaves its entry, so that the next one waits for the same thread and begins no second.
            guard let found = waiter.found.withLock({ $0 }) else {
                throw HostNames.error("no answer within \(limit / 1000) ms", name)
            }
            return try found.get()
        }

        private func begin(_ name: String) {
            do {
                _ = try Thread(name: "resolver") { [self] in
                    pthread_detach(pthread_self())
                    end(name, lookUp(name))
                }
            } catch {
                end(name, .failure(HostNames.error("\(error)", name)))
            }
        }

        private func end(_ name: String, _ found: Found) {
            let waiters = waiting.withLock { $0.removeValue(forKey: name) } ?? []
            for waiter in waiters {
                waiter.found.withLock { $0 = found }
                waiter.semaphore.signal()
            }
        }

        /// The options for libpq to reach a host: with its addresses where it is a name.
        func resolve(
            _ options: ServerAddress.Options, limit: Int64
        ) throws(PostgreSQLError) -> ServerAddress.Options {
            func value(_ keyword: String) -> String { options.last { $0.keyword == keyword }?.value ?? "" }
            let name = value("host")
            guard HostNames.isName(name), value("hostaddr").isEmpty else { return options }
            let addresses = try addresses(of: name, limit: limit)
            // One host for each of them, which all have the name that a certificate is checked against.
            let names = addresses.map { _ in name }.joined(separator: ",")
            return options.filter { $0.keyword != "host" && $0.keyword != "hostaddr" } + [
                ("host", names), ("hostaddr", addresses.joined(separator: ",")),
            ]
        }

        /// Neither an address, nor a folder with a socket, nor several hosts.
        package static func isName(_ host: String) -> Bool {
            guard let first = host.utf8.first, first != UInt8(ascii: "/"), first != UInt8(ascii: "@"),
                !host.contains(where: { $0 == "," || $0 == ":" })
            else { return false }
            var address = in_addr()
            return unsafe inet_pton(AF_INET, host, &address) != 1
        }

        /// Blocks.
        private static func addresses(of name: String) -> Found {
            var hints = unsafe addrinfo()
            unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            let code = unsafe getaddrinfo(name, nil, &hints, &list)
            guard code == 0 else { return .failure(error(unsafe String(cString: gai_strerror(code)), name)) }
            defer { unsafe freeaddrinfo(list) }
            var found: [String] = []
            var next = unsafe list
            while let entry = unsafe next {
                var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
                let code = unsafe getnameinfo(
                    entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0,
                    NI_NUMERICHOST)
                if code == 0 {
                    let end = text.firstIndex(of: 0) ?? text.endIndex
                    found.append(String(decoding: text[..<end].map(UInt8.init(bitPattern:)), as: UTF8.self))
                }
                unsafe next = entry.pointee.ai_next
            }
            return found.isEmpty ? .failure(error("no address", name)) : .success(found)
        }

        private static func error(_ message: String, _ name: String) -> PostgreSQLError {
            PostgreSQLError(
                call: "getaddrinfo", message: message, isConnectionLost: true, host: name)
        }
    }
#endif
