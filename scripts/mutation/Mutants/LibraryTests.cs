using System.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace InitDsl.Mutation;

/// <summary>
/// Not tests but the two steps of mutation.csx that need Mono.Cecil. The first is the whole suite as Stryker sees it, so that it makes
/// every mutant and tries none; each does nothing where mutation.csx has not asked for it.
/// </summary>
public class LibraryTests
{
    /// <summary>Keeps the library with the mutants that Stryker put beside this test: one to run, one that records.</summary>
    [Fact]
    public void Keep()
    {
        if (Environment.GetEnvironmentVariable("MUTANTS_FOLDER") is not { } folder)
        {
            return;
        }

        // Where a test comes past no mutant at all, Stryker takes it to come past every one.
        _ = Dsl.Const(1);

        // Stryker runs this again for the few mutants there; the first time will do.
        string[] kept = [Path.Combine(folder, "runs", "InitDsl.dll"), Path.Combine(folder, "records", "InitDsl.dll")];
        if (kept.All(File.Exists))
        {
            return;
        }

        foreach (string target in kept)
        {
            bool records = target == kept[1];
            using AssemblyDefinition library = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, "InitDsl.dll"));
            MethodDefinition? isActive = library.MainModule.Types.FirstOrDefault(type => type.Name == "MutantControl")?.Methods.Single(method => method.Name == "IsActive");
            if (isActive is null)
            {
                return; // Stryker's first run, without mutants.
            }

            // Stryker's own switch asks the environment and a file at every call; here it is a comparison, which inlines.
            ILProcessor body = isActive.Body.GetILProcessor();
            body.Clear();
            isActive.Body.ExceptionHandlers.Clear();
            isActive.Body.Variables.Clear();
            if (records)
            {
                body.Emit(OpCodes.Ldarg_0);
                body.Emit(OpCodes.Call, library.MainModule.ImportReference(typeof(Switch).GetMethod(nameof(Switch.See))));
            }
            else
            {
                body.Emit(OpCodes.Ldsfld, library.MainModule.ImportReference(typeof(Switch).GetField(nameof(Switch.Active))));
                body.Emit(OpCodes.Ldarg_0);
                body.Emit(OpCodes.Ceq);
            }

            body.Emit(OpCodes.Ret);
            isActive.AggressiveInlining = true;

            // Stryker compiles for debugging; without this attribute the JIT compiler optimizes.
            foreach (CustomAttribute debuggable in library.CustomAttributes.Where(attribute => attribute.AttributeType.Name == nameof(DebuggableAttribute)).ToArray())
            {
                library.CustomAttributes.Remove(debuggable);
            }

            _ = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            library.Write(target);
        }
    }

    /// <summary>Puts the recorder into a test program, and lists the methods that go by it: FsCheck runs its properties itself.</summary>
    [Fact]
    public void Record()
    {
        if (Environment.GetEnvironmentVariable("MUTANTS_TESTS") is not { } program)
        {
            return;
        }

        using AssemblyDefinition tests = AssemblyDefinition.ReadAssembly(new MemoryStream(File.ReadAllBytes(program)));
        tests.CustomAttributes.Add(new(tests.MainModule.ImportReference(typeof(RecorderAttribute).GetConstructor([]))));
        tests.Write(program);
        File.WriteAllLines(Path.ChangeExtension(program, ".properties"), tests.MainModule.Types
            .SelectMany(type => type.Methods)
            .Where(method => method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "PropertyAttribute"))
            .Select(method => $"{method.DeclaringType.FullName}.{method.Name}"));
    }
}
