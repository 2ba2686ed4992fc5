#if PostgreSQL
    import Platform
    import PostgreSQL
    import Synchronization
    import Testing

    @Suite struct HostNamesTests {
        private final class Calls: Sendable {
            let count = Mutex(0)
        }

        @Test func `a resolver that is silent holds nobody longer than the limit, and has one thread`() throws
        {
            let (calls, goOn) = (Calls(), Semaphore())
            let names = HostNames { _ in
                calls.count.withLock { $0 += 1 }
                goOn.wait()
                return .success(["192.0.2.1"])
            }
            for _ in 0..<3 {
                let start = ContinuousClock.now
                let error = #expect(throws: PostgreSQLError.self) {
                    try names.addresses(of: "db.example", limit: 100_000)
                }
                #expect(error?.isConnectionLost == true && error?.host == "db.example")
                #expect(error?.message == "no answer within 100 ms")
                #expect(ContinuousClock.now - start < .seconds(5))
            }
            #expect(calls.count.withLock { $0 } == 1)
            // When it answers, who waits then has the answer, and who comes later asks anew.
            goOn.signal()
            goOn.signal()
            #expect(try names.addresses(of: "db.example", limit: 10_000_000) == ["192.0.2.1"])
        }

        @Test(arguments: [
            ("db.example", true), ("localhost", true), ("", false), ("/run/postgresql", false),
            ("@db", false),
            ("192.0.2.1", false), ("2001:db8::1", false), ("a,b", false),
        ])
        func `names are looked up, and nothing else`(host: String, isName: Bool) {
            #expect(HostNames.isName(host) == isName)
        }

        @Test func `a host that does not exist says so`() {
            let error = #expect(throws: PostgreSQLError.self) {
                _ = try Connection(address: "postgresql://tester@no-such-host.invalid/postgres")
            }
            #expect(error?.call == "getaddrinfo" && error?.isConnectionLost == true)
        }
    }
#endif
