// FS0501: Keep leaves alone, and takes no initializer.
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl

let rules = Named("head").Keep(Zeros) // rejected
