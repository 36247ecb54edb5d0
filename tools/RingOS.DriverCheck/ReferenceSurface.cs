// What the libraries show a driver: the public members of their reference assemblies. Next: AllowedTypes.cs
using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace RingOS.DriverCheck;

/// <summary>Finds types and members by name and signature in the reference assemblies, and nowhere else.</summary>
public sealed class ReferenceSurface : IDisposable
{
    private readonly Library _library = new();

    /// <param name="paths">The reference assemblies. RingOS.CoreLib is among them.</param>
    public ReferenceSurface(IEnumerable<string> paths)
    {
        foreach (string path in paths)
            _library.Add(path);
    }

    /// <summary>Names of the assemblies a driver may reference.</summary>
    public IReadOnlyCollection<string> Names => _library.Names;

    public void Dispose() => _library.Dispose();

    /// <summary>Reads an assembly whose references lead to these.</summary>
    public AssemblyDefinition Read(string path)
        => AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = _library, InMemory = true });

    /// <summary>The type is public, and so is each that it is nested in.</summary>
    public static bool Shows(TypeReference type)
        => TryResolve(type) is TypeDefinition definition && IsVisible(definition);

    /// <summary>The method is public, or protected and so for derived classes, in a type that is shown.</summary>
    public static bool Shows(MethodReference method)
        => TryResolve(method.DeclaringType) is TypeDefinition type && IsVisible(type)
            && method.Resolve() is { } definition && (definition.IsPublic || definition.IsFamily || definition.IsFamilyOrAssembly);

    /// <summary>The same for a field.</summary>
    public static bool Shows(FieldReference field)
        => TryResolve(field.DeclaringType) is TypeDefinition type && IsVisible(type) && field.Resolve() is { IsPublic: true };

    private static TypeDefinition? TryResolve(TypeReference type)
    {
        try
        {
            return type.GetElementType().Resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }

    private static bool IsVisible(TypeDefinition type)
        => type.IsPublic || (type.IsNestedPublic && IsVisible(type.DeclaringType));

    private sealed class Library : IAssemblyResolver
    {
        private readonly Dictionary<string, AssemblyDefinition> _assemblies = [];

        public IReadOnlyCollection<string> Names => _assemblies.Keys;

        public void Add(string path)
        {
            AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this, InMemory = true });
            _assemblies.Add(assembly.Name.Name, assembly);
        }

        public AssemblyDefinition Resolve(AssemblyNameReference name)
            => _assemblies.TryGetValue(name.Name, out AssemblyDefinition? assembly) ? assembly : throw new AssemblyResolutionException(name);

        public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

        public void Dispose()
        {
            foreach (AssemblyDefinition assembly in _assemblies.Values.ToArray())
                assembly.Dispose();
        }
    }
}
