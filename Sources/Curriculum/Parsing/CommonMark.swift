import CMarkdown
import Synchronization

/// The Markdown parser: cmark-gfm with tables, task lists and strikethrough.
///
/// This is the only file that knows the C library. The library keeps the set of characters that
/// begin an inline construct in a global table, to which each parser adds the marks of its
/// extensions and from which it takes them away when it is done. Two parsers at the same time would
/// disturb each other, so all parsing goes through one lock.
enum CommonMark {
  /// How deeply blocks or inline marks may be nested.
  static let maxDepth = 32

  private static let lock = Mutex<Bool>(false)
  private static let extensionNames = ["table", "tasklist", "strikethrough"]

  /// Something is nested more deeply than allowed.
  struct NestingError: Error {
    /// The line of the block where it happens.
    var line: Int
  }

  /// Parses a document.
  static func parse(_ bytes: [UInt8]) throws(NestingError) -> MarkdownNode {
    let lines = LineTable(bytes)
    let result: Result<MarkdownNode, NestingError> = withDocument(bytes) { root in
      do throws(NestingError) {
        return .success(try convert(root, depth: 0, block: nil, lines: lines))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Finds the lines that hold running text: paragraphs and headings as a whole, tables row by row.
  static func textRuns(in bytes: [UInt8]) -> [TextRun] {
    withDocument(bytes) { root in
      var runs: [TextRun] = []
      let iterator = cmark_iter_new(root)
      defer { cmark_iter_free(iterator) }
      while true {
        let event = cmark_iter_next(iterator)
        if event == CMARK_EVENT_DONE { break }
        guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
        let first = Int(cmark_node_get_start_line(node))
        switch name(of: node) {
        case "paragraph", "heading":
          runs.append(
            TextRun(firstLine: first, lastLine: max(first, Int(cmark_node_get_end_line(node)))))
        case "table_row", "table_header":
          runs.append(TextRun(firstLine: first, lastLine: first))
        default: break
        }
      }
      return runs
    }
  }

  private static func withDocument<Result>(
    _ bytes: [UInt8], _ body: (OpaquePointer) -> Result
  ) -> Result {
    let root = document(bytes)
    defer { cmark_node_free(root) }
    return body(root)
  }

  /// Parses under a lock, because parsers share tables; the tree is the caller's alone.
  private static func document(_ bytes: [UInt8]) -> OpaquePointer {
    lock.withLock { isRegistered in
      if !isRegistered {
        cmark_gfm_core_extensions_ensure_registered()
        isRegistered = true
      }
      guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_FULL_INFO_STRING) else {
        preconditionFailure("The Markdown library gives a parser.")
      }
      defer { cmark_parser_free(parser) }
      for name in extensionNames {
        guard let found = cmark_find_syntax_extension(name) else {
          preconditionFailure("The Markdown library has the extension \(name).")
        }
        cmark_parser_attach_syntax_extension(parser, found)
      }
      bytes.withUnsafeBytes { buffer in
        buffer.withMemoryRebound(to: CChar.self) { text in
          cmark_parser_feed(parser, text.baseAddress, text.count)
        }
      }
      guard let root = cmark_parser_finish(parser) else {
        preconditionFailure("The Markdown library gives a document.")
      }
      // The pointer itself is a number; nothing else holds the tree.
      nonisolated(unsafe) let tree = root
      return tree
    }
  }

  private static func name(of node: OpaquePointer) -> String {
    string(cmark_node_get_type_string(node))
  }

  private static func string(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
  }

  private static func convert(
    _ node: OpaquePointer, depth: Int, block: MarkdownNode?, lines: LineTable
  ) throws(NestingError) -> MarkdownNode {
    guard depth <= maxDepth else {
      throw NestingError(line: block?.line ?? Int(cmark_node_get_start_line(node)))
    }
    var result = MarkdownNode(
      kind: kind(of: node, lines: lines),
      line: block?.line ?? Int(cmark_node_get_start_line(node)),
      endLine: block?.endLine ?? Int(cmark_node_get_end_line(node)),
      byteColumn: block == nil ? max(1, Int(cmark_node_get_start_column(node))) : 1)
    if result.line == 0 {
      result.line = 1
    }
    let holdsInlines =
      switch result.kind {
      case .paragraph, .heading, .cell: true
      default: false
      }
    var child = cmark_node_first_child(node)
    while let current = child {
      result.children.append(
        try convert(current, depth: depth + 1, block: holdsInlines ? result : block, lines: lines))
      child = cmark_node_next(current)
    }
    return result
  }

  private static func kind(of node: OpaquePointer, lines: LineTable) -> MarkdownNode.Kind {
    switch name(of: node) {
    case "document": .document
    case "heading": .heading(Int(cmark_node_get_heading_level(node)))
    case "list":
      .list(
        start: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
          ? Int(cmark_node_get_list_start(node)) : nil)
    case "item": .item(checked: nil)
    case "tasklist": .item(checked: cmark_gfm_extensions_get_tasklist_item_checked(node))
    case "code_block":
      .code(
        info: string(cmark_node_get_fence_info(node)), text: string(cmark_node_get_literal(node)),
        isClosed: isClosed(node, lines: lines))
    case "html_block": .html(string(cmark_node_get_literal(node)))
    case "block_quote": .quote
    case "table": .table(alignments(of: node))
    case "table_row", "table_header": .row
    case "table_cell": .cell
    case "thematic_break": .rule
    case "text": .text(string(cmark_node_get_literal(node)))
    case "softbreak": .softBreak
    case "linebreak": .lineBreak
    case "code": .codeSpan(string(cmark_node_get_literal(node)))
    case "html_inline": .htmlSpan(string(cmark_node_get_literal(node)))
    case "emph": .emphasis
    case "strong": .strong
    case "strikethrough": .strikethrough
    case "link": .link(string(cmark_node_get_url(node)))
    case "image": .image(string(cmark_node_get_url(node)))
    default: .paragraph
    }
  }

  private static func alignments(of table: OpaquePointer) -> [ColumnAlignment] {
    let count = Int(cmark_gfm_extensions_get_table_columns(table))
    guard let letters = cmark_gfm_extensions_get_table_alignments(table) else {
      return Array(repeating: .none, count: count)
    }
    return (0..<count).map { column in
      switch letters[column] {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: .none
      }
    }
  }

  /// Tells whether a fenced block ends with a fence; the library closes an open one silently.
  private static func isClosed(_ node: OpaquePointer, lines: LineTable) -> Bool {
    var length: Int32 = 0
    var offset: Int32 = 0
    var mark: CChar = 0
    guard cmark_node_get_fenced(node, &length, &offset, &mark) != 0 else { return true }
    let first = Int(cmark_node_get_start_line(node))
    let last = Int(cmark_node_get_end_line(node))
    guard last > first else { return false }
    let fence = lines.bytes(ofLine: last).filter { $0 != UInt8(ascii: " ") && $0 != 13 }
    let marks = fence.drop { $0 == UInt8(ascii: ">") }
    return marks.count >= Int(length) && marks.allSatisfy { $0 == UInt8(bitPattern: mark) }
  }
}
