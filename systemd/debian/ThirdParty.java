import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Prints whose libraries are in the package and under which licences, from the list of what it is made of.
///
///     java ThirdParty.java assent.cdx.xml
final class ThirdParty {

    private static final String HEADING =
            """
            What Assent contains, and under which licences. Where there are several, each may be chosen.

            The licence texts and notices of a library are in its jar, below META-INF; those of the Java runtime are in
            its folder `legal`. Signatures were taken out of jars, nothing else was changed.
            """;

    public static void main(String[] arguments) throws Exception {
        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(Path.of(arguments[0]).toFile());
        var components = document.getElementsByTagName("component");
        var root = document.getDocumentElement();
        var lines = new TreeMap<String, String>();
        for (var i = 0; i < components.getLength(); i++) {
            var component = (Element) components.item(i);
            // The others are the program itself, and what wrote the list.
            if (component.getParentNode().getParentNode() != root
                    || !component.getParentNode().getNodeName().equals("components")) continue;
            var name =
                    "%s:%s %s"
                            .formatted(
                                    text(component, "group"),
                                    text(component, "name"),
                                    text(component, "version"));
            lines.put(name, licences(component));
        }
        System.out.println(HEADING);
        lines.forEach((name, licences) -> System.out.println(name + "\n    " + licences));
    }

    private static String licences(Element component) {
        var found = new ArrayList<String>();
        var licences = component.getElementsByTagName("licenses");
        if (licences.getLength() == 0) return "no licence is named in its description";
        for (var tag : new String[] {"id", "name", "expression"}) {
            var named = ((Element) licences.item(0)).getElementsByTagName(tag);
            for (var i = 0; i < named.getLength(); i++) found.add(named.item(i).getTextContent().strip());
        }
        return String.join(", or ", found);
    }

    /// Of a child element, not of one further down.
    private static String text(Element element, String name) {
        for (Node it = element.getFirstChild(); it != null; it = it.getNextSibling()) {
            if (it.getNodeName().equals(name)) return it.getTextContent().strip();
        }
        return "";
    }
}
