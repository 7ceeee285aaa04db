// FS1133: laws are the library own: a user writes From(fun p -> …).
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

type Mine() =
    inherit Law() // rejected
