/// What carries out requests to the laboratory, on threads of its own.
///
/// No call waits for work. Replies arrive later, with the id of the request that they answer.
package protocol LaboratoryService: AnyObject {
  /// Works on a request in place of what its asker's slot had.
  func carryOut(_ request: LabRequest, as id: RequestID)

  /// Ends the training of an asker's recipe; what it has learned is measured.
  func endTraining(of asker: AskerID)

  /// Ends the work of an asker's slot, or of all its slots for nil.
  func cancel(_ slot: LabSlot?, of asker: AskerID)
}
