/// What trips F# in a library written in C#, held over the whole public API.
module InitDsl.Tests.StyleTests

open System
open System.IO
open System.Reflection
open System.Runtime.CompilerServices
open System.Text.RegularExpressions
open InitDsl
open Xunit

let private assemblies = [ typeof<Init>.Assembly; typeof<Deferred>.Assembly ]

let private types = [ for assembly in assemblies do yield! assembly.GetExportedTypes() ]

let private declared = BindingFlags.Public ||| BindingFlags.Instance ||| BindingFlags.Static ||| BindingFlags.DeclaredOnly

let private methods = [ for t in types do yield! t.GetMethods declared ]

let private written = methods |> List.filter (fun m -> not m.IsSpecialName && isNull (m.GetCustomAttribute<CompilerGeneratedAttribute>()))

let private named (m: MethodBase) = $"{m.DeclaringType}.{m.Name}"

let private parameters = [ for m in methods do for p in m.GetParameters() -> m, p ]

let private isStatic (t: Type) = t.IsAbstract && t.IsSealed

let private isExtension (m: MethodInfo) = m.IsDefined(typeof<ExtensionAttribute>, false)

[<Fact>]
let ``There is something to look at`` () =
    Assert.True(types.Length > 50 && written.Length > 200, $"{types.Length} types, {written.Length} methods")

[<Fact>]
let ``Factories return the static type Init`` () =
    let words =
        [ for m in typeof<Dsl>.GetMethods declared do
              if typeof<Init>.IsAssignableFrom m.ReturnType then m.ReturnType ]
    Assert.True(words.Length > 40)
    Assert.All(words, (fun returned -> Assert.Equal(typeof<Init>, returned)))

/// Overloads of one length that differ by a delegate against something else, by two delegates, or by two numbers.
[<Fact>]
let ``No overloads that F# cannot tell apart`` () =
    let number t = t = typeof<double> || t = typeof<float32> || t = typeof<int64> || t = typeof<int>
    let isDelegate (t: Type) = typeof<Delegate>.IsAssignableFrom t
    let clash (a: MethodInfo) (b: MethodInfo) =
        let pairs = Array.zip (a.GetParameters()) (b.GetParameters()) |> Array.map (fun (p, q) -> p.ParameterType, q.ParameterType)
        let differ = pairs |> Array.filter (fun (p, q) -> p <> q)
        differ.Length > 0 && differ |> Array.forall (fun (p, q) -> (number p && number q) || isDelegate p || isDelegate q)
    let wrong =
        [ for _, group in written |> List.groupBy (fun m -> m.DeclaringType, m.Name, m.IsStatic, m.GetParameters().Length) do
              for i, a in List.indexed group do
                  for b in List.skip (i + 1) group do
                      if a.GetGenericArguments().Length = b.GetGenericArguments().Length && clash a b then named a ]
    Assert.Empty wrong

[<Fact>]
let ``No second class hides words of the entry class`` () =
    let words = typeof<Dsl>.GetMembers declared |> Seq.map _.Name |> set
    let others = written |> List.filter (fun m -> m.IsStatic && isStatic (nonNull m.DeclaringType) && m.DeclaringType <> typeof<Dsl> && not (isExtension m))
    Assert.Empty(others |> List.filter (fun m -> words.Contains m.Name) |> List.map named)

[<Fact>]
let ``Optional arguments are few`` () =
    Assert.Empty(written |> List.filter (fun m -> (m.GetParameters() |> Array.filter _.IsOptional).Length > 4) |> List.map named)

[<Fact>]
let ``Nothing is set after it was made`` () =
    let setters =
        [ for t in types do
              for p in t.GetProperties declared do
                  match p.SetMethod with
                  | null -> ()
                  | set when set.IsPublic
                             && not (set.ReturnParameter.GetRequiredCustomModifiers() |> Array.contains typeof<IsExternalInit>) -> $"{t}.{p.Name}"
                  | _ -> () ]
    Assert.Empty setters

[<Fact>]
let ``No implicit conversions`` () = Assert.Empty(methods |> List.filter (fun m -> m.Name = "op_Implicit") |> List.map named)

[<Fact>]
let ``Extensions are methods`` () =
    Assert.Empty(types |> List.filter (fun t -> t.Name.Contains '<' || t.Name.Contains '$') |> List.map string)
    Assert.Empty(methods |> List.filter (fun m -> isExtension m && m.GetParameters().Length = 0) |> List.map named)

[<Fact>]
let ``No params of spans, no texts of the caller's arguments, no out parameters`` () =
    let wrong (p: ParameterInfo) =
        p.IsDefined(typeof<ParamCollectionAttribute>, false)
        || p.IsDefined(typeof<CallerArgumentExpressionAttribute>, false)
        || p.IsOut
    Assert.Empty(parameters |> List.filter (snd >> wrong) |> List.map (fun (m, p) -> $"{named m}({p.Name})"))

[<Fact>]
let ``Every operator has a named twin`` () =
    let twins = dict [ "op_Addition", "Then"; "op_BitwiseAnd", "And"; "op_BitwiseOr", "Or"; "op_LogicalNot", "Not" ]
    let operators = methods |> List.filter (fun m -> m.Name.StartsWith "op_" && m.Name <> "op_Equality" && m.Name <> "op_Inequality")
    Assert.Equal(4, operators.Length)
    for operator in operators do
        Assert.NotEmpty((nonNull operator.DeclaringType).GetMember twins[operator.Name])

/// Backends make these, in C#; users meet none of them.
[<Fact>]
let ``Users are given no tuples`` () =
    let tuple (t: Type) = t.FullName |> Option.ofObj |> Option.exists _.StartsWith("System.ValueTuple")
    let wrong = written |> List.filter (fun m -> tuple m.ReturnType && m.DeclaringType <> typeof<ModelParameters> && m.Name <> "Deconstruct")
    Assert.Empty(wrong |> List.map named)

[<Fact>]
let ``Records hold no arrays`` () =
    let records = types |> List.filter (fun t -> not (isNull (t.GetMethod "<Clone>$")))
    Assert.True(records.Length > 10)
    Assert.Empty [ for t in records do for p in t.GetProperties declared do if p.PropertyType.IsArray then $"{t}.{p.Name}" ]

/// Words of F#, and those that it keeps for later.
[<Fact>]
let ``No parameter is a keyword`` () =
    let keywords =
        "abstract and as assert base begin class const default delegate do done downcast downto elif else end exception extern false
         finally fixed for fun function global if in inherit inline interface internal lazy let match member module mutable namespace new
         not null of open or override private public rec return select sig static struct then to true try type upcast use val void when
         while with yield atomic break checked component constraint constructor continue event external functor include method mixin
         object parallel process protected pure sealed tailcall trait virtual volatile".Split([| ' '; '\n' |], StringSplitOptions.RemoveEmptyEntries)
        |> set
    let reserved = keywords - set [ "not"; "object"; "method"; "event"; "external"; "constructor"; "continue"; "functor"; "volatile"; "atomic" ]
    Assert.Empty(parameters |> List.filter (fun (m, p) -> m.Name <> "Deconstruct" && reserved.Contains(string p.Name)) |> List.map (fun (m, p) -> $"{named m}({p.Name})"))

/// The words that users write: each stands in Words.fs, where the compiler has seen it with warnings as errors.
[<Fact>]
let ``Every word is called`` () =
    let root =
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
        |> Seq.pick (fun data -> if data.Key = "RepositoryRoot" then Option.ofObj data.Value else None)
    let words = File.ReadAllText(Path.Combine(root, "tests", "InitDsl.FSharp.Tests", "Words.fs"))
    let users = [ typeof<Dsl>; typeof<Init>; typeof<Selector>; typeof<RowSlice>; typeof<Rule>; typeof<RuleSet>; typeof<Plan>; typeof<PlanStep>; typeof<PlanSlice>; typeof<Report>; typeof<ReportEntry>; typeof<Verification>; typeof<Deferred>; typeof<Presets>; typeof<RandomSource>; typeof<Activation>; typeof<Shape>; typeof<Law>; typeof<StreamKey>; typeof<WrittenParameters> ]
    let extensions = types |> List.filter (fun t -> isStatic t && t.GetMethods declared |> Array.exists isExtension)
    let members =
        [ for t in List.distinct (users @ extensions) do
              for m in t.GetMethods declared do
                  if isNull (m.GetCustomAttribute<CompilerGeneratedAttribute>()) || m.Name.StartsWith "get_" then
                      let name = Regex.Replace(m.Name, "^get_", "")
                      let inherited = m.GetBaseDefinition() <> m
                      if not inherited && not (m.Name.StartsWith "op_") && not (m.Name.StartsWith "set_") && name <> "EqualityContract" && name <> "Item"
                         && name <> "Equals" && name <> "GetEnumerator" then
                          $"{t.Name}.{name}" ]
    let missing = members |> List.distinct |> List.filter (fun name -> not (Regex.IsMatch(words, $@"\b{name.Split('.')[1]}\b")))
    Assert.True(members.Length > 150)
    Assert.Empty missing
