import Platform

#if PostgreSQL
    import PostgreSQL

    /// What a `Storage` needs whose data are on a PostgreSQL server.
    package enum ServerStorage {
        /// Whether this build can use a server.
        package static let isBuiltIn = true

        /// Tasks that read at the same time, and writes that are made at the same time.
        private static let readers = 8
        private static let writers = 4
        /// A thread may begin a second read inside of one.
        private static let connectionsPerReader = 2
        /// Threads that read beside those: downloads.
        private static let otherReaders = 3

        static func connect(to address: String, _ options: Storage.Options) throws(StorageError) -> (
            any WriteQueue, ReaderPool, ThreadExecutor?
        ) {
            guard PostgreSQL.Connection.isReadable(address) else {
                throw .server(reason: "the address cannot be read")
            }
            do {
                let server = Server(address: address)
                do {
                    _ = try server.connect()
                } catch let error as PostgreSQLError where error.isUnavailable {
                    guard let onUnreachable = options.onUnreachable else { throw error }
                    onUnreachable("\(error)")
                }
                let pool = ReaderPool(maxOpen: readers * connectionsPerReader + otherReaders) {
                    .postgreSQL(try server.connect())
                }
                let writer = try ServerWriter(
                    server, threads: writers, capacity: options.maxQueuedWrites,
                    userQuota: options.userQuota)
                return (writer, pool, try ThreadExecutor(threads: readers, name: "reader"))
            } catch let error as StorageError {
                throw error
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

        static func connect(to address: String, _ options: Storage.Options) throws(StorageError) -> (
            any WriteQueue, ReaderPool, ThreadExecutor?
        ) {
            throw .postgreSQLNotBuiltIn
        }

        static func look(at address: String) throws(StorageError) -> String { throw .postgreSQLNotBuiltIn }
    }
#endif
