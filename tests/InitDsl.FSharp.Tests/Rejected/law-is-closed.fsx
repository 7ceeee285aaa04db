// FS0946: laws are the library's own; a user writes From(fun p -> …).
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

type Mine(law: UniformLaw) =
    inherit UniformLaw(law) // rejected
