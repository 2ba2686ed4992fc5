import Platform

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
            var folder = Directory.resolved(start) ?? ""
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
        return Directory.isDirectory(folder) ? folder : nil
    }

    private static func isRoot(_ folder: String) -> Bool {
        Directory.isDirectory(folder + "/Templates") && Directory.isDirectory(folder + "/Public")
    }

    private static var executableFolder: String? {
        Executable.path.flatMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
    }
}
