// FS3261: null is no initializer.
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let rules = When<Linear>().Weight(null) // rejected
