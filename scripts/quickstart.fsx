// The quickstart in F#, under dotnet fsi and against the library as it was built:
//
//   dotnet build src/InitDsl.Tool
//   dotnet fsi scripts/quickstart.fsx
//
// In a project of your own the packages InitDsl.TorchSharp and TorchSharp-cpu bring all that the first lines say.
#I "../src/InitDsl.Tool/bin/Debug/net10.0"
#r "TorchSharp.dll"
#r "InitDsl.dll"
#r "InitDsl.TorchSharp.dll"

open System
open System.IO
open System.Runtime.InteropServices

// F# Interactive does not know where a library's native part lies.
let output = Path.Combine(__SOURCE_DIRECTORY__, "../src/InitDsl.Tool/bin/Debug/net10.0/runtimes")
for native in Directory.GetFiles(output, "*LibTorchSharp.*", SearchOption.AllDirectories) do
    NativeLibrary.Load native |> ignore

open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl     // last: TorchSharp.Modules has a Normal and a Uniform too

let model =
    Sequential(
        struct ("fc1", Linear(784L, 256L) :> Module<torch.Tensor, torch.Tensor>),
        struct ("relu", ReLU() :> Module<torch.Tensor, torch.Tensor>),
        struct ("fc2", Linear(256L, 10L) :> Module<torch.Tensor, torch.Tensor>))

let rules =
    RuleSet.Of [
        When<Linear>().Weight(Kaiming).Bias(Zeros)
        Named("fc2").Weight(Xavier)
    ]

let plan = rules.Compile(model, seed = 42L) // checks everything, touches nothing
printfn "%s" (plan.Explain())
plan.Apply() |> ignore // fills in place
let verified = plan.Verify()
printfn "%O" verified
exit (if verified.Passed then 0 else 1)
