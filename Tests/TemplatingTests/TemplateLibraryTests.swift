import Glibc
import Templating
import Testing

@Suite struct TemplateLibraryTests {
    /// A folder that is gone when the test has ended.
    final class Folder {
        let path: String
        private var made: [String]

        init() throws {
            var name = Array("/tmp/templates.XXXXXX".utf8CString)
            try #require(unsafe mkdtemp(&name) != nil)
            path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            made = [path]
        }

        deinit {
            for path in made.reversed() { _ = unsafe remove(path) }
        }

        func write(_ name: String, _ bytes: [UInt8]) throws {
            for (index, character) in name.enumerated() where character == "/" {
                made.append(path + "/" + name.prefix(index))
                try #require(unsafe mkdir(made[made.count - 1], 0o700) == 0)
            }
            made.append(path + "/" + name)
            let file = unsafe try #require(fopen(made[made.count - 1], "w"))
            defer { unsafe fclose(file) }
            try #require(unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count)
        }

        func write(_ name: String, _ text: String) throws {
            try write(name, Array(text.utf8))
        }

        func link(_ name: String, to destination: String) throws {
            made.append(path + "/" + name)
            try #require(unsafe symlink(destination, made[made.count - 1]) == 0)
        }
    }

    func show(_ name: String, from folder: Folder) throws -> String {
        let template = try TemplateLibrary(directory: folder.path).template(name, for: SamplePage.self)
        return String(decoding: template.render(SamplePage()), as: UTF8.self)
    }

    @Test func `every HTML file below the folder is a template by its path`() throws {
        let folder = try Folder()
        try folder.write("home.html", "home {{> parts/list/row}}")
        try folder.write("parts/list/row.html", "{{title}}\n")
        try folder.write("notes.txt", "{{ not a template")
        try folder.write(".hidden.html", "{{ not a template")
        #expect(try show("home", from: folder) == "home My expenses")
        #expect(try show("parts/list/row", from: folder) == "My expenses\n")
    }

    @Test func `a changed file is shown by a new library`() throws {
        let folder = try Folder()
        try folder.write("home.html", "before")
        #expect(try show("home", from: folder) == "before")
        try folder.write("home.html", "after")
        #expect(try show("home", from: folder) == "after")
    }

    @Test func `an error names the file with the folder's path as it was given`() throws {
        let folder = try Folder()
        try folder.write("expenses/index.html", "<p>\n  {{titel}}")
        let error = #expect(throws: TemplateError.self) { try show("expenses/index", from: folder) }
        #expect(error?.file == folder.path + "/expenses/index.html")
        #expect(error?.line == 2)
        #expect(error?.column == 3)
    }

    @Test func `a mistake is found when the template is shown, and in each one by check`() throws {
        let library = try TemplateLibrary(["page": "{{title}}", "unused": "<p>\n{{#if title}}"])
        let page = try library.template("page", for: SamplePage.self).render(SamplePage())
        #expect(String(decoding: page, as: UTF8.self) == "My expenses")
        let error = #expect(throws: TemplateError.self) { try library.check() }
        #expect(
            error?.description == "unused.html:2:1: {{#if}} opened here is never closed; add {{/if}}")
    }

    @Test func `a folder or file that cannot be read is named`() throws {
        let missing = #expect(throws: TemplateError.self) { try TemplateLibrary(directory: "/tmp/none/here") }
        #expect(missing?.description == "/tmp/none/here: cannot be read: No such file or directory")
        let folder = try Folder()
        try folder.link("lost.html", to: "nowhere")
        let lost = #expect(throws: TemplateError.self) { try TemplateLibrary(directory: folder.path) }
        #expect(lost?.description == "\(folder.path)/lost.html: cannot be read: No such file or directory")
    }

    @Test func `a folder that links back to itself is refused`() throws {
        let folder = try Folder()
        try folder.link("again", to: ".")
        let error = #expect(throws: TemplateError.self) { try TemplateLibrary(directory: folder.path) }
        #expect(error?.message == "folders are nested more than 16 deep")
    }

    @Test func `a byte order mark is no part of the page`() throws {
        let folder = try Folder()
        try folder.write(
            "home.html",
            [0xEF, 0xBB, 0xBF] + Array("{{#layout \"layout\"}}\n{{#block \"a\"}}x{{/block}}".utf8))
        try folder.write("layout.html", "{{block \"a\"}}")
        #expect(try show("home", from: folder) == "x")
    }

    @Test(arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func `bytes that are not UTF-8 are refused with their place`(bytes: [UInt8]) throws {
        let folder = try Folder()
        try folder.write("home.html", Array("ü\nüb".utf8) + bytes)
        let error = #expect(throws: TemplateError.self) { try TemplateLibrary(directory: folder.path) }
        #expect(
            error?.description
                == "\(folder.path)/home.html:2:3: this byte is not UTF-8; save the file as UTF-8")
    }
}
