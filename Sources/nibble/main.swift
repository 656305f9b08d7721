import Commands
import Foundation

exit(NibbleCommand.run(Array(CommandLine.arguments.dropFirst())))
