import CKernels

/// The instructions that this build of the engine was compiled for.
package enum InstructionSet {
  /// The widest vector instructions, in words.
  package static var name: String { String(cString: nibble_instruction_set()) }
}
