// FS0193: a selector alone says nothing of how; write Named("fc").Weight(…).
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let rules = When<Linear>().Weight(Kaiming) + Named("fc") // rejected
