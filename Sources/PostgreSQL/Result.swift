#if PostgreSQL
    import CPostgreSQL

    /// What the server has answered to one command, with all its rows; freed with it.
    @safe
    final class Result {
        let handle: OpaquePointer?
        let count: Int32

        /// Nil stands for an answer that never came.
        init(_ handle: OpaquePointer?) {
            unsafe self.handle = handle
            count = unsafe PQntuples(handle)
        }

        deinit { unsafe PQclear(handle) }

        var isGood: Bool {
            switch unsafe PQresultStatus(handle) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY, PGRES_PIPELINE_SYNC: true
            default: false
            }
        }

        /// Whether the command was not run because one before it has failed.
        var isSkipped: Bool { (unsafe PQresultStatus(handle)) == PGRES_PIPELINE_ABORTED }

        /// A field of an error (PostgreSQL documentation, section 55.8), such as "C" for the state.
        func field(_ code: Unicode.Scalar) -> String {
            // The text belongs to the result; it is copied here.
            unsafe PQresultErrorField(handle, Int32(code.value)).map { unsafe String(cString: $0) } ?? ""
        }

        /// What was done, such as "COMMIT".
        var command: String { unsafe String(cString: PQcmdStatus(handle)) }

        /// Rows that an insert, update or delete has touched.
        var changes: Int { unsafe Int(String(cString: PQcmdTuples(handle))) ?? 0 }

        func isNull(_ row: Int32, _ column: Int32) -> Bool { unsafe PQgetisnull(handle, row, column) == 1 }

        func type(_ column: Int32) -> Oid { unsafe PQftype(handle, column) }

        func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer {
            // The bytes belong to the result, which the caller holds while it reads them.
            unsafe UnsafeRawBufferPointer(
                start: PQgetvalue(handle, row, column), count: Int(PQgetlength(handle, row, column)))
        }
    }
#endif
