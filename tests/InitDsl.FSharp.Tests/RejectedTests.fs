module InitDsl.Tests.RejectedTests

open System
open System.Diagnostics
open System.IO
open System.Reflection
open System.Text.RegularExpressions
open Xunit

let private folder =
    let root =
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
        |> Seq.pick (fun data -> if data.Key = "RepositoryRoot" then Option.ofObj data.Value else None)
    Path.Combine(root, "tests", "InitDsl.FSharp.Tests", "Rejected")

/// The errors of a script that is checked and not run: their codes and lines.
let private errorsOf (script: string) =
    let references = [ "TorchSharp.dll"; "InitDsl.dll"; "InitDsl.TorchSharp.dll" ]
    let host = Environment.GetEnvironmentVariable "DOTNET_HOST_PATH" |> Option.ofObj |> Option.defaultValue "dotnet"
    let start =
        ProcessStartInfo(
            host,
            [ yield! [ "fsi"; "--quiet"; "--nologo"; "--typecheck-only"; "--checknulls+"; "--warnaserror+" ]
              for name in references do
                  $"-r:{Path.Combine(AppContext.BaseDirectory, name)}"
              script ])
    start.RedirectStandardOutput <- true
    start.RedirectStandardError <- true
    match Process.Start start with
    | null -> failwith "dotnet fsi did not start"
    | started ->
        use fsi = started
        let errors = fsi.StandardError.ReadToEndAsync()
        let text = fsi.StandardOutput.ReadToEnd() + errors.Result
        fsi.WaitForExit()
        [ for error in Regex.Matches(text, @"\((\d+),\d+\): error (FS\d+)") -> error.Groups[2].Value, Int32.Parse error.Groups[1].Value ]

let Scripts: TheoryData<string> = TheoryData<string>(Directory.GetFiles(folder, "*.fsx") |> Seq.map (fun path -> string (Path.GetFileName path)))

[<Fact>]
let ``There are scripts that must not compile`` () = Assert.InRange(Seq.length (Directory.GetFiles folder), 10, 100)

/// The first line says which error, and the comment "rejected" on which line: there, and nowhere else.
[<Theory; MemberData(nameof Scripts)>]
let ``A mistake is rejected where it stands`` (name: string) =
    let path = Path.Combine(folder, name)
    let lines = File.ReadAllLines path
    let code = Regex.Match(lines[0], @"^// (FS\d+): .+").Groups[1].Value
    let line = 1 + Array.FindIndex(lines, (fun text -> text.EndsWith "// rejected"))
    Assert.Equal<(string * int) list>([ code, line ], errorsOf path |> List.distinct)

[<Fact>]
let ``What is right is not rejected`` () =
    let right = Path.Combine(Path.GetTempPath(), $"initdsl-{Guid.NewGuid():N}.fsx")
    let text = File.ReadAllText(Path.Combine(folder, "null-init.fsx"))
    File.WriteAllText(right, text.Replace("Weight(null)", "Weight(Kaiming)"))
    Assert.Empty(errorsOf right)
    File.Delete right
