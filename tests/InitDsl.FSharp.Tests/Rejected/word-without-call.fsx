// FS0002: FanOut() is a call.
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let rules = When<Linear>().Weight(Kaiming.FanOut) // rejected
