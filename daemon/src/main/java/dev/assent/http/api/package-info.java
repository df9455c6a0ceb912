/// What goes over the wire: the questions and answers of the REST API as values, for the server
/// that writes them and the client that reads them. A field that is added breaks nobody; one that
/// is renamed or taken away is a new version of the API.
@NullMarked
package dev.assent.http.api;

import org.jspecify.annotations.NullMarked;
