#if PostgreSQL
    import CPostgreSQL

    /// Where a server is, as libpq reads it (PostgreSQL documentation, section 34.1.1): `postgresql://…`, with several hosts if
    /// need be.
    package struct ServerAddress: Sendable {
        /// What libpq is given to reach one of the hosts, as keyword and value.
        typealias Options = [(keyword: String, value: String)]

        /// One entry for each host; just one where the address names none, and libpq finds it by itself.
        let hosts: [Options]

        /// What holds unless the address says otherwise: seconds, and milliseconds for `tcp_user_timeout`. A connection that
        /// nobody waits for is given up by the system after some 25 seconds.
        private static let defaults: Options = [
            ("tcp_user_timeout", "10000"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
            ("target_session_attrs", "read-write"),
        ]

        /// Nil where libpq cannot read it.
        package init?(_ text: String, name: String = "") {
            guard let given = ServerAddress.options(in: text) else { return nil }
            let places = ["host", "hostaddr", "port"]
            let lists = places.map { place in
                given.first { $0.keyword == place }.map {
                    $0.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                } ?? []
            }
            let count = max(lists[0].count, lists[1].count)
            // What holds for all of them, later ones before earlier ones.
            let common = ServerAddress.defaults + given.filter { !places.contains($0.keyword) }
            let own: Options = [("client_encoding", "UTF8"), ("application_name", name)]
            // libpq says what is wrong with lists that do not match.
            guard count > 1, lists.allSatisfy({ $0.count <= 1 || $0.count == count }) else {
                hosts = [ServerAddress.defaults + given + own]
                return
            }
            hosts = (0..<count).map { number in
                var options = common
                for (place, list) in zip(places, lists) where !list.isEmpty {
                    options.append((place, list.count == 1 ? list[0] : list[number]))
                }
                return options + own
            }
        }

        private static func options(in text: String) -> Options? {
            guard let options = unsafe PQconninfoParse(text, nil) else { return nil }
            defer { unsafe PQconninfoFree(options) }
            var found: Options = []
            var place = unsafe options
            // The list ends with an entry without a keyword.
            while let keyword = unsafe place.pointee.keyword {
                if let value = unsafe place.pointee.val {
                    unsafe found.append((String(cString: keyword), String(cString: value)))
                }
                unsafe place += 1
            }
            return found
        }
    }
#endif
