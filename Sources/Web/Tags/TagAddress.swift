import Templating

/// The dashboard's address of what has a tag. The key stands as it is: it has no character that means something in an
/// address, and encoded it would take three times as much.
struct TagAddress: TemplateValue {
    let key: String

    static var writing: TemplateWriting { .path }

    func write(to output: inout Output) {
        output.append("/expenses?tag=" as StaticString)
        output.append(key)
    }
}
