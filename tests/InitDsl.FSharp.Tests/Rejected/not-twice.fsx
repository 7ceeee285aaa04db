// FS0193: F# has no ! for selectors; write Not().
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let rules = (!When<Linear>()).Weight(Zeros) // rejected
