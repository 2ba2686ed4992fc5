import Glibc

enum Root {
    /// The folder that holds Templates/ and Public/: the one given, else the nearest above the executable, else
    /// above the current folder.
    static func find(_ configuration: Configuration) throws(StartError) -> String {
        if let root = configuration.root {
            guard isRoot(root) else {
                throw StartError("--root: \(root) has no Templates and Public folders")
            }
            return root
        }
        for start in [executableFolder, "."].compactMap({ $0 }) {
            // realpath(3) without a buffer allocates one.
            guard let resolved = unsafe realpath(start, nil) else { continue }
            defer { unsafe free(resolved) }
            var folder = unsafe String(cString: resolved)
            while !folder.isEmpty {
                if isRoot(folder) { return folder }
                folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
            }
        }
        throw StartError("--root: name the folder that holds Templates and Public")
    }

    /// Where Bootstrap's files are: in an installed copy beside the pages, else where Debian puts them.
    static func bootstrap(in root: String) -> String? {
        let folder = root + "/Bootstrap"
        return isFolder(folder) ? folder : nil
    }

    private static func isRoot(_ folder: String) -> Bool {
        isFolder(folder + "/Templates") && isFolder(folder + "/Public")
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static var executableFolder: String? {
        Executable.path.flatMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
    }
}
