// A variational autoencoder in DiffSharp, initialised by rules and trained for a few steps.
//
//   dotnet test --project tests/InitDsl.DiffSharp.Tests     builds what this script uses
//   dotnet fsi scripts/diffsharp/vae.fsx
#I "../../tests/InitDsl.DiffSharp.Tests/bin/Debug/net10.0"
#r "DiffSharp.Core.dll"
#r "DiffSharp.Backends.Reference.dll"
#r "InitDsl.dll"
#r "InitDsl.DiffSharp.dll"

open DiffSharp
open DiffSharp.Model
open InitDsl
open type InitDsl.Dsl

dsharp.seed 1
// Bars: each picture of 6 × 6 has one row of ones.
let pictures = dsharp.tensor [ for row in 0..5 -> [ for i in 0..35 -> if i / 6 = row then 1.0 else 0.0 ] ]

let model = VAEMLP(36, 2, hDims = [ 24 ])

// Models without a name have their index: 0 encodes, 1 and 2 give mean and log-variance, 3 and 4 decode.
let rules =
    RuleSet.Of [
        When<Linear>().Weight(Kaiming).Bias(Zeros)
        Named("{1,2}").Weight(Normal(std = 0.01))      // begins at the prior: mean 0, variance 1
        Named("4").Weight(Xavier)
    ]

let plan = rules.Compile(model, seed = 42L)
printfn "%s" (plan.Explain())
plan.Apply() |> ignore
printfn "%O" (plan.Verify())

let loss () = model.loss(pictures)
let first = loss().toDouble()
for _ in 1..40 do
    model.reverseDiff()
    loss().reverse()
    model.parameters.iter(fun (_, p) -> p.value <- p.value.primal - 0.01 * p.value.derivative)
model.noDiff()
let last = loss().toDouble()
printfn "loss %.2f, after 40 steps %.2f" first last
if last >= first then failwith "It did not learn."
