// FS0001: a whole number is no initializer; write Const(0.0).
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let rules = When<Linear>().Weight(0) // rejected
