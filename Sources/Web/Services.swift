import Expenses
import HTTP
import Platform
import Storage
import Templating

/// What controllers work with; made once, at start.
struct Services: Sendable {
    let configuration: Application.Configuration
    let storage: Storage
    let pages: Pages
    let visitorsLanguage: VisitorsLanguage
    let tokens: Tokens
    let seal: Seal
    let sessions: Sessions
    let passwords: PasswordCheck
    /// For what blocks: password hashing.
    let workers: WorkerPool
    let searches: Searches
    let imports: FileImport
    /// For uploads and downloads that are too long for memory.
    let files: TemporaryFiles
    /// Threads that take uploads to their files.
    let uploads: WorkerPool
    let downloads: Downloads
    let proxyMistakes: ProxyMistakes
    /// Nil where no proxy says who is logged in.
    let identity: ProxyIdentity?
    /// Unix seconds.
    let clock: @Sendable () -> Int64
    let log: Log

    /// The one-time id that the forms of a page share.
    func stamp(_ visit: UserVisit) -> String { seal.stamp(for: visit.user.id, at: visit.now) }
}
