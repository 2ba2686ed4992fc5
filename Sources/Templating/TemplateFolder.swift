import Glibc

/// Finds and reads template files.
struct TemplateFolder {
    /// Deeper folders are refused: a link leads back up.
    private static let maximumDepth = 16

    let path: String

    /// The names of all files below the folder with that ending, sorted, without it. Files and folders that begin with
    /// a point are passed over.
    func names(endingIn ending: String = ".html") throws(TemplateError) -> [String] {
        try names(below: "", ending, depth: 0).sorted()
    }

    private func names(below prefix: String, _ ending: String, depth: Int) throws(TemplateError) -> [String] {
        let folder = prefix.isEmpty ? path : path + "/" + prefix
        guard depth < Self.maximumDepth else {
            throw Self.error(folder, "folders are nested more than \(Self.maximumDepth) deep")
        }
        var names: [String] = []
        for entry in try Self.entries(of: folder) where !entry.hasPrefix(".") {
            let name = prefix.isEmpty ? entry : prefix + "/" + entry
            if try Self.isFolder(path + "/" + name) {
                names += try self.names(below: name, ending, depth: depth + 1)
            } else if entry.hasSuffix(ending) {
                names.append(String(name.dropLast(ending.count)))
            }
        }
        return names
    }

    private static func entries(of folder: String) throws(TemplateError) -> [String] {
        guard let handle = unsafe opendir(folder) else { throw failure(folder) }
        defer { unsafe closedir(handle) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(handle) else {
                guard errno == 0 else { throw failure(folder) }
                return names
            }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            names.append(name)
        }
    }

    private static func isFolder(_ path: String) throws(TemplateError) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw failure(path) }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// - Parameter limit: stops after about as many bytes.
    static func read(_ file: String, atMost limit: Int = .max) throws(TemplateError) -> [UInt8] {
        let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(file) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(8192, limit))
        while bytes.count < limit {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(file) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// What the last system call said.
    private static func failure(_ path: String) -> TemplateError {
        error(path, unsafe "cannot be read: " + String(cString: strerror(errno)))
    }

    private static func error(_ path: String, _ message: String) -> TemplateError {
        TemplateError(file: path, line: 0, column: 0, message: message)
    }
}
