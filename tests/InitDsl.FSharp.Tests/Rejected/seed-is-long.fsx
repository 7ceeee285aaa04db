// FS0193: a seed is a number, not a text.
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let plan (model: Linear) = When<Linear>().Weight(Kaiming).Compile(model, seed = "42") // rejected
