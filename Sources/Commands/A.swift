package enum NibbleCommand { package static func run(_ a: [String]) -> Int32 { 0 } }
