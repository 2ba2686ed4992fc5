/// How many pages the write-ahead log of a connection's database has.
///
/// It is written in the connection's commits and read by whoever uses the connection, both in one thread at a time.
final class LogLength {
    var pages = 0
}
