/// Where a model lies while a template renders it.
///
/// It lives no longer than the call it was passed to. What makes reading it sound: the compiler pairs each accessor
/// with the scope whose model type the accessor was made for.
@safe
struct ModelPointer {
    private let address: UnsafeRawPointer

    @inline(__always)
    init<Model>(_ model: UnsafePointer<Model>) {
        unsafe address = UnsafeRawPointer(model)
    }

    /// What the closure gets from the model; `Model` must be the type the pointer was made from.
    ///
    /// The model is lent where it lies: being possibly noncopyable here, it cannot be copied, which would count the
    /// references of all its fields for each one that is shown.
    @unsafe @inline(__always)
    func read<Model: ~Copyable, Value>(_ get: (borrowing Model) -> Value) -> Value {
        unsafe get(address.assumingMemoryBound(to: Model.self).pointee)
    }
}

/// A model's field with the model's type forgotten.
enum Field: Sendable {
    case text(@Sendable (ModelPointer) -> String)
    case flag(@Sendable (ModelPointer) -> Bool)
    case list(NestedField)
    case record(NestedField)
    case optional(NestedField)
}

/// A field that holds models: none, one or many.
struct NestedField: Sendable {
    /// Asked for when needed, since a model may contain itself.
    let fields: @Sendable () -> FieldTable
    let isPresent: @Sendable (ModelPointer) -> Bool
    /// Calls the closure with each model; returns whether there was any.
    let visit: @Sendable (ModelPointer, (ModelPointer) -> Void) -> Bool
}

/// The fields of one model.
struct FieldTable: Sendable {
    private let fields: [String: Field]

    init(_ fields: [String: Field]) {
        self.fields = fields
    }

    var names: [String] { fields.keys.sorted() }

    subscript(_ name: String) -> Field? { fields[name] }
}

extension Field {
    /// The field `inner` of the record that this accessor's model holds.
    static func field(_ inner: Field, of record: NestedField) -> Field {
        switch inner {
        case .text(let get):
            .text { model in
                var text = ""
                _ = record.visit(model) { text = get($0) }
                return text
            }
        case .flag(let get):
            .flag { model in
                var flag = false
                _ = record.visit(model) { flag = get($0) }
                return flag
            }
        case .list(let nested): .list(nested.reached(through: record))
        case .record(let nested): .record(nested.reached(through: record))
        case .optional(let nested): .optional(nested.reached(through: record))
        }
    }
}

extension NestedField {
    fileprivate func reached(through record: NestedField) -> NestedField {
        NestedField(
            fields: fields,
            isPresent: { model in
                var present = false
                _ = record.visit(model) { present = isPresent($0) }
                return present
            },
            visit: { model, body in
                var any = false
                _ = record.visit(model) { any = visit($0, body) }
                return any
            })
    }
}
