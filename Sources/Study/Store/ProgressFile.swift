import Glibc

/// The file of the store as the file system sees it: where it is, whether it can be used, and how a
/// damaged one is moved out of the way.
struct ProgressFile {
  /// The path with links resolved, so that side files are looked for where SQLite keeps them.
  let path: String

  /// Checks a path, and makes the folder it stands in.
  ///
  /// Refuses what has no write permission for anybody even if the user could write nevertheless:
  /// whoever took the permission away wants it untouched.
  init(preparing path: String) throws(ProgressStoreError) {
    let folder = ProgressFile.folder(of: path)
    try ProgressFile.makeFolder(folder)
    guard let resolvedFolder = ProgressFile.resolved(folder) else {
      throw .noAccess(path: folder, reason: ProgressFile.systemReason())
    }
    let unresolved =
      resolvedFolder + "/"
      + path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    let resolvedPath = ProgressFile.resolved(unresolved) ?? unresolved
    try ProgressFile.checkFile(resolvedPath)
    try ProgressFile.checkFolder(ProgressFile.folder(of: resolvedPath))
    self.path = resolvedPath
  }

  /// What tells this file from another one that takes its place.
  struct Identity: Hashable {
    /// The file system.
    var device: dev_t
    /// The file in it.
    var inode: ino_t
  }

  /// The file that stands at the path now, if there is one.
  var identity: Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(device: status.st_dev, inode: status.st_ino)
  }
}

// MARK: - Checks

extension ProgressFile {
  private static func checkFile(_ path: String) throws(ProgressStoreError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw .noAccess(path: path, reason: systemReason())
    }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      throw .notAFile(path: path, kind: kind == S_IFDIR ? "a folder" : "a device or a pipe")
    }
    try checkWritable(path, mode: status.st_mode)
    guard access(path, R_OK) == 0 else {
      throw .noAccess(path: path, reason: systemReason())
    }
  }

  private static func checkFolder(_ folder: String) throws(ProgressStoreError) {
    var status = stat()
    guard stat(folder, &status) == 0 else {
      throw .noAccess(path: folder, reason: systemReason())
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .noAccess(path: folder, reason: "not a folder")
    }
    try checkWritable(folder, mode: status.st_mode)
    guard access(folder, R_OK | X_OK) == 0 else {
      throw .noAccess(path: folder, reason: systemReason())
    }
  }

  private static func checkWritable(_ path: String, mode: mode_t) throws(ProgressStoreError) {
    let anybodyMayWrite = mode & (S_IWUSR | S_IWGRP | S_IWOTH) != 0
    if anybodyMayWrite, access(path, W_OK) == 0 { return }
    throw !anybodyMayWrite || errno == EROFS || errno == EACCES
      ? .readOnly(path: path) : .noAccess(path: path, reason: systemReason())
  }

  /// Makes a folder and those above it, for the user alone as the XDG specification asks.
  private static func makeFolder(_ folder: String) throws(ProgressStoreError) {
    var status = stat()
    if stat(folder, &status) == 0 { return }
    let parent = ProgressFile.folder(of: folder)
    if parent != folder { try makeFolder(parent) }
    // Another tutor may make it at the same moment.
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw .cannotMakeFolder(path: folder, reason: systemReason())
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  private static func systemReason() -> String {
    strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
  }
}

// MARK: - Side files

extension ProgressFile {
  /// Renames a damaged file and its side files, and returns the new path of the file.
  ///
  /// Returns `nil` if another tutor has done so in the meantime: then a sound file stands at the
  /// path, which must stay.
  func setAside(examined: Identity?, now: Double) throws(ProgressStoreError) -> String? {
    // Looked at before it is opened: closing any descriptor of a file drops all locks that SQLite
    // holds on it in this process, which a sound file must keep.
    guard let examined, identity == examined else { return nil }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .cannotSetAside(path: path, reason: ProgressFile.systemReason())
    }
    // Closing gives the lock back.
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX)
    var status = stat()
    guard fstat(descriptor, &status) == 0,
      examined == Identity(device: status.st_dev, inode: status.st_ino), identity == examined
    else { return nil }
    let kept = freePath(label: "corrupt", now: now)
    // Side files first: one that stayed would be replayed into the new store or thrown away by it,
    // while a damaged file without them is found and set aside again.
    for suffix in ["-wal", "-shm", "-journal", ""] {
      guard rename(path + suffix, kept + suffix) == 0 || (errno == ENOENT && !suffix.isEmpty) else {
        throw .cannotSetAside(path: path + suffix, reason: ProgressFile.systemReason())
      }
    }
    return kept
  }

  /// A path beside the file that nothing has yet, named after the time in UTC.
  func freePath(label: String, now: Double) -> String {
    let base = "\(path).\(label)-\(ProgressFile.timestamp(now))"
    var candidate = base
    var number = 2
    var status = stat()
    while lstat(candidate, &status) == 0 {
      candidate = "\(base)-\(number)"
      number += 1
    }
    return candidate
  }

  /// Makes sure that a copy has reached the disk.
  static func synchronize(_ path: String) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// A time as `YYYYMMDD-HHMMSS` in UTC.
  static func timestamp(_ seconds: Double) -> String {
    var time = time_t(seconds.rounded(.down))
    var parts = tm()
    gmtime_r(&time, &parts)
    func padded(_ number: Int32, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(parts.tm_year + 1900, 4) + padded(parts.tm_mon + 1, 2) + padded(parts.tm_mday, 2)
      + "-" + padded(parts.tm_hour, 2) + padded(parts.tm_min, 2) + padded(parts.tm_sec, 2)
  }
}

// MARK: - Where it is

extension ProgressFile {
  /// The store's path when the user names none.
  ///
  /// Follows the XDG base directory specification, which has relative values ignored.
  static func defaultPath(environment: [String: String]) -> String {
    let name = "nibble/progress.sqlite"
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      return (data == "/" ? "" : data.hasSuffix("/") ? String(data.dropLast()) : data) + "/" + name
    }
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? homeOfUser() ?? "."
    return (home.hasSuffix("/") ? String(home.dropLast()) : home) + "/.local/share/" + name
  }

  private static func homeOfUser() -> String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    return buffer.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress,
        getpwuid_r(getuid(), &entry, start, buffer.count, &found) == 0, found != nil
      else { return nil }
      return entry.pw_dir.map { String(cString: $0) }
    }
  }
}
