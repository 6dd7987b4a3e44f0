using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.Cli.Doctor;

/// <summary>Which ML.NET is in use: the real one, or the stand-in for machines whose package sources lack it.</summary>
/// <param name="assemblies">The assemblies to look at.</param>
internal sealed class LibraryCheck(IEnumerable<Assembly> assemblies) : ICheck
{
    /// <summary>Looks at the assemblies that the chain is made of.</summary>
    public LibraryCheck()
        : this(
        [
            typeof(IDataView).Assembly,
            typeof(ITransformer).Assembly,
            typeof(MLContext).Assembly,
            typeof(MLImage).Assembly,
            typeof(OnnxScoringEstimator).Assembly,
        ])
    {
    }

    /// <inheritdoc/>
    public string Subject => "ML.NET";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine()
    {
        foreach (Assembly assembly in assemblies.Distinct())
        {
            bool standIn = AssemblyFacts.IsStandIn(assembly);
            string kind = standIn ? ", the offline stand-in, not the real library (see eng/offline)" : "";
            yield return new Finding(
                Subject, standIn ? Health.Note : Health.Good, $"{assembly.GetName().Name} {AssemblyFacts.VersionOf(assembly)}{kind}");
        }
    }
}
