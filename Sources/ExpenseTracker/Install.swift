import Platform

/// A self-contained copy of the program, in a folder that can be moved: the program itself, its pages, its stylesheets,
/// Bootstrap's, and the manual page.
enum Install {
    private static let program = "expense-tracker"

    static func run(_ configuration: Configuration, into folder: String) throws {
        try expectNoSwift()
        guard let executable = Executable.path else {
            throw StartError("install: the program's file is gone")
        }
        let root = try Root.find(configuration)
        let bootstrap = Root.bootstrap(in: root) ?? configuration.bootstrap
        try expectRoom(in: folder, for: executable)

        // Everything is on the disk before the first part gets its name; the program is the last.
        let partial = folder + "/.\(program).partial"
        try FileTree.remove(partial)
        try FileTree.makeFolder(folder)
        do {
            try FileTree.makeFolder(partial)
            try FileTree.copy(root + "/Templates", to: partial + "/Templates")
            try FileTree.copy(root + "/Public", to: partial + "/Public")
            for folder in ["", "/css"] { try FileTree.makeFolder(partial + "/Bootstrap" + folder) }
            let stylesheet = "/css/bootstrap.min.css"
            try FileTree.copy(bootstrap + stylesheet, to: partial + "/Bootstrap" + stylesheet)
            try FileTree.write(ManPage.text + "\n", to: partial + "/\(program).1")
            try FileTree.copy(executable, to: partial + "/" + program, mode: 0o755)
            for name in ["Templates", "Public", "Bootstrap", "\(program).1", program] {
                try FileTree.put(partial + "/" + name, inPlaceOf: folder + "/" + name)
            }
            try FileTree.remove(partial)
        } catch {
            try? FileTree.remove(partial)
            throw error
        }
        Terminal.print(nextSteps(in: folder))
    }

    /// Refuses a program that would not start elsewhere.
    private static func expectNoSwift() throws {
        guard !Executable.isLinked(to: "libswiftCore.so") else {
            throw StartError(
                "install: this program needs Swift's libraries; build it with: swift build -c release")
        }
    }

    /// The folder may be missing, empty, or hold an earlier copy: no other folder is filled by mistake.
    private static func expectRoom(in folder: String, for executable: String) throws {
        guard let names = try FileTree.names(in: folder) else { return }
        guard names.isEmpty || names.contains(program) || names == [".\(program).partial"] else {
            throw StartError("install: \(folder) holds other things; name a new or empty folder")
        }
        guard Directory.resolved(folder + "/" + program) != executable else {
            throw StartError("install: \(folder) is where this copy runs from")
        }
    }

    private static func nextSteps(in folder: String) -> String {
        let folder = Directory.resolved(folder) ?? folder
        let database = Executable.isLinked(to: "libpq.so.5") ? "libpq5, libsqlite3-0" : "libsqlite3-0"
        return """
            \(folder) holds all it needs, but for the libraries of Debian's \(database), libssl3, libstdc++6, zlib1g and tzdata.
            Start it:             \(folder)/\(program)
            Or by systemd:        \(folder)/\(program) systemd-unit > /etc/systemd/system/\(program).service
                                  systemctl enable --now \(program)
            Its settings, manual: \(folder)/\(program) help; man \(folder)/\(program).1
            """
    }
}
