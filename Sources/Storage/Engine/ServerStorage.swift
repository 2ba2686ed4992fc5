import Expenses
import Platform

#if PostgreSQL
    import PostgreSQL

    /// What a `Storage` needs whose data are on a PostgreSQL server.
    package enum ServerStorage {
        /// Whether this build can use a server.
        package static let isBuiltIn = true

        /// How many connections are used for what, out of those that there may be in all.
        private struct Shares {
            /// Writes that are made at the same time.
            let writers: Int
            /// Downloads hold a connection for long.
            let downloads: Int
            /// Tasks that read at the same time.
            let readers: Int

            /// One is left for trying whether a server that did not answer does so again. A thread may begin a second read
            /// inside of one.
            init(of connections: Int) {
                writers = max(1, min(64, connections * 2 / 5))
                downloads = max(1, min(3, connections / 8))
                readers = max(
                    1, min(64, (connections - writers - downloads - 1) / Shares.connectionsPerReader))
            }

            static let connectionsPerReader = 2
        }

        /// Microseconds for which a connection may be idle; the second where the server has none left for others.
        private static let idleLimits: (usual: Int64, crowded: Int64) = (60_000_000, 1_000_000)

        static func connect(to address: String, _ options: Storage.Options) throws(StorageError) -> Parts {
            guard PostgreSQL.Connection.isReadable(address) else {
                throw .server(reason: "the address cannot be read")
            }
            do {
                let server = Server(address: address, onUnreachable: options.onUnreachable ?? { _ in })
                do {
                    _ = try server.connect(for: .writing)
                } catch {
                    let mayPass = (error as? PostgreSQLError)?.isUnavailable ?? (error is AppError)
                    // It has been told, and is tried again.
                    guard mayPass, options.onUnreachable != nil else { throw error }
                }
                let shares = Shares(of: options.maxConnections)
                let pool = ReaderPool(
                    maxOpen: shares.readers * Shares.connectionsPerReader + shares.downloads,
                    share: ReaderPool.Share(
                        noteShortage: { server.noteShortage(for: .reading) },
                        mustGiveWay: { server.mustGiveWay(.reading) })
                ) {
                    .postgreSQL(try server.connect(for: .reading))
                }
                let connections = WriterConnections(server)
                let writer = try ServerWriter(server, connections, threads: shares.writers, options)
                let limits = options.idleLimit.map { ($0, $0) } ?? idleLimits
                let upkeep = try LastingThread(name: "connections") { thread in
                    while !thread.isEnding {
                        thread.pause(upTo: .milliseconds(500))
                        server.probe()
                        let limit = server.isCrowded ? limits.1 : limits.0
                        pool.closeIdle(after: limit)
                        connections.closeIdle(after: limit)
                    }
                }
                return Parts(
                    writer: writer, readers: pool,
                    threads: try ThreadExecutor(threads: shares.readers, name: "reader"), upkeep: upkeep)
            } catch let error as StorageError {
                throw error
            } catch AppError.busy {
                throw .server(reason: "the server has no connection left")
            } catch {
                throw .server(reason: "\(error)")
            }
        }

        static func look(at address: String) throws(StorageError) -> String {
            do {
                let connection = try PostgreSQL.Connection(address: address)
                return "the server answers, and the database "
                    + (try ServerSchema.describe(connection) ?? "is empty; the start makes its schema")
            } catch let error as StorageError {
                throw error
            } catch {
                throw .server(reason: "\(error)")
            }
        }
    }
#else
    /// What a `Storage` needs whose data are on a PostgreSQL server: without the trait `PostgreSQL` there is none.
    package enum ServerStorage {
        /// Whether this build can use a server.
        package static let isBuiltIn = false

        static func connect(to address: String, _ options: Storage.Options) throws(StorageError) -> Parts {
            throw .postgreSQLNotBuiltIn
        }

        static func look(at address: String) throws(StorageError) -> String { throw .postgreSQLNotBuiltIn }
    }
#endif

extension ServerStorage {
    struct Parts {
        let writer: any WriteQueue
        let readers: ReaderPool
        let threads: ThreadExecutor
        /// Somebody has to join it.
        let upkeep: LastingThread
    }
}
