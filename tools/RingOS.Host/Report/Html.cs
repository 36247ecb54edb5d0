// The elements of the page. It is built as XML, so that it cannot be ill-formed and every text is escaped. Next: Svg.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace RingOS.Host.Report;

/// <summary>Makes HTML elements.</summary>
internal static class Html
{
    /// <summary>An element that is never written in the short form, which HTML does not know: <c>&lt;td&gt;&lt;/td&gt;</c>.</summary>
    public static XElement Element(string name, params object?[] content)
    {
        XElement element = new(name, content);
        if (element.IsEmpty)
            element.Add("");
        return element;
    }

    public static XElement Paragraph(string text) => Element("p", text);

    /// <summary>A paragraph in small letters: what to keep in mind.</summary>
    public static XElement Note(string text) => Element("p", new XAttribute("class", "note"), text);

    public static XElement Heading(string text, string id) => Element("h2", new XAttribute("id", id), text);

    public static XElement Items(IEnumerable<string> items) => Element("ul", items.Select(static item => Element("li", item)));

    /// <summary>Text as one would type it.</summary>
    public static XElement Code(string text) => Element("pre", Element("code", text));
}
