// From a method to its layer. Rules: LayerRules.cs. Next: EventRules.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>Applies ordered rules to methods.</summary>
/// <param name="rules">The first that matches decides.</param>
/// <param name="applicationImages">Images whose own methods are the application.</param>
public sealed class LayerMap(IReadOnlyList<LayerRule> rules, IReadOnlyList<string> applicationImages)
{
    /// <summary>The rules of RingOS.</summary>
    public static LayerMap Default { get; } = new(LayerRules.Default, LayerRules.ApplicationImages);

    /// <summary>The layer of a method; null if it counts for its caller.</summary>
    public Layer? LayerOf(Method method)
    {
        bool isApplication = applicationImages.Contains(method.Image, StringComparer.Ordinal);
        LayerRule? rule = rules.FirstOrDefault(candidate => candidate.Matches(method, isApplication));
        return rule is null ? Layer.Other : rule.Layer;
    }
}
