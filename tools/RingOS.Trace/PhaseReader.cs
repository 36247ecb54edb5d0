// Gives every instruction of a stretch its phase. Rules: PhaseRules.cs. Next: WriteFinder.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>Where an instruction ran, and what for.</summary>
/// <param name="Method">The method or routine.</param>
/// <param name="Line">Its source line, if known.</param>
/// <param name="Cpl">Privilege level, 0..3.</param>
/// <param name="Phase">What for.</param>
/// <param name="Domain">In which protection domain.</param>
public readonly record struct PhasedInstruction(Method Method, SourceLine? Line, int Cpl, Phase Phase, string Domain);

/// <summary>Fed with instructions in order; the same place may belong to different phases at different times.</summary>
/// <param name="symbols">All methods.</param>
/// <param name="lines">Their source lines.</param>
/// <param name="layers">Their layers.</param>
/// <param name="rules">The first that matches decides.</param>
public sealed class PhaseReader(SymbolMap symbols, SourceLines lines, LayerMap layers, IReadOnlyList<PhaseRule> rules)
{
    private const string KernelImage = "kernel";

    private readonly Dictionary<ulong, Place> _places = [];
    private readonly Dictionary<Method, int> _entered = [];
    private readonly HashSet<Method> _ran = [];
    private readonly Dictionary<Method, Duty> _callerOfHelper = [];
    private readonly int[] _seen = Enumerable.Repeat(-1, Enum.GetValues<Phase>().Length).ToArray();
    private Duty _previous = new(Phase.Other, "");
    private int _index;

    /// <summary>A reader with the rules of RingOS.</summary>
    public PhaseReader(SymbolMap symbols, SourceLines lines)
        : this(symbols, lines, LayerMap.Default, PhaseRules.Default)
    {
    }

    /// <summary>The phase of the next instruction.</summary>
    public PhasedInstruction Read(TracedInstruction instruction)
    {
        Place place = PlaceOf(instruction.Address);
        bool isFirst = place.IsEntry;
        if (isFirst)
            _entered[place.Method] = _index;
        _previous = PhaseOf(place) is Phase phase ? new Duty(phase, DomainOf(place)) : OfHelper(place.Method, isFirst);
        _seen[(int)_previous.Phase] = _index++;
        return new PhasedInstruction(place.Method, place.Line, instruction.Cpl, _previous.Phase, _previous.Domain);
    }

    private Phase? PhaseOf(Place place)
        => place.Rules.FirstOrDefault(rule => IsTimeFor(rule, place.Method)) is PhaseRule rule ? rule.Phase : Phase.Other;

    private bool IsTimeFor(PhaseRule rule, Method method)
        => (rule.After is not Phase needed || _seen[(int)needed] > _entered.GetValueOrDefault(method, -1))
            && (rule.Without is not string absent || !HasRun(absent));

    private bool HasRun(string name) => _ran.Any(method => method.Name.Contains(name, StringComparison.Ordinal));

    private string DomainOf(Place place)
        => place.Inner is DomainRule inner && HasRun(inner.Host) ? inner.Domain : place.Method.Image;

    // A helper counts for what was going on when it was entered, also when an interrupt divides it.
    private Duty OfHelper(Method method, bool isFirst)
    {
        bool isInner = method.Image == KernelImage && PhaseRules.Domains.Any(rule => rule.Domain == _previous.Domain);
        if (isFirst || !_callerOfHelper.ContainsKey(method))
            _callerOfHelper[method] = isInner ? _previous : _previous with { Domain = method.Image };
        return _callerOfHelper[method];
    }

    private Place PlaceOf(ulong address)
    {
        if (_places.TryGetValue(address, out Place? known))
            return known;
        int index = symbols.RangeAt(address);
        SymbolRange? range = index < 0 ? null : symbols.Ranges[index];
        Method method = range?.Method ?? symbols.Unknown;
        Layer? layer = method == symbols.Unknown ? Layer.Other : layers.LayerOf(method);
        bool isEntry = range?.Start == address && range.Label == method.Name;
        DomainRule? inner = method.Image == KernelImage ? PhaseRules.Domains.FirstOrDefault(rule => rule.Matches(method)) : null;
        Place place = new(method, lines.At(address), isEntry, inner, []);
        PhaseImages image = ImageOf(method);
        place.Rules.AddRange(rules.Where(rule => rule.Matches(method, layer, place.Line, image)));
        _places.Add(address, place);
        _ran.Add(method);
        return place;
    }

    private static PhaseImages ImageOf(Method method)
    {
        if (method.Image == KernelImage)
            return PhaseImages.Kernel;
        return LayerRules.ApplicationImages.Contains(method.Image) ? PhaseImages.Application : PhaseImages.Service;
    }

    private readonly record struct Duty(Phase Phase, string Domain);

    private sealed record Place(Method Method, SourceLine? Line, bool IsEntry, DomainRule? Inner, List<PhaseRule> Rules);
}
