package io.caravan.hub.connectors.media;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import io.caravan.hub.model.product.FetchedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The step of {@code media-fetch-action}. Fetching, making and storing are one step on purpose: between steps lies a
 * message body, and a picture's bytes have no business there.
 */
public final class Media {

    /** One client and one bound of memory for all routes of a context, however many of its Kamelets there are. */
    private static final Map<CamelContext, Desk> DESKS = new WeakHashMap<>();

    private record Desk(MediaClient client, PictureMaker maker) {}

    /**
     * Body in: Map with {@code url}; out: {@link FetchedImage}. The pictures lie under kind {@code images} of the
     * exchange's account.
     *
     * @throws io.caravan.hub.model.VendorException see BEHAVIOR.md of this connector
     * @throws IllegalArgumentException when the body has no {@code url}
     */
    public void fetch(Exchange exchange) {
        CamelContext camel = exchange.getContext();
        ObjectStore objects = camel.getRegistry().lookupByNameAndType("objectStore", ObjectStore.class);
        AccountId account = exchange.getVariable(Names.ACCOUNT, AccountId.class);
        if (objects == null || account == null) {
            throw new IllegalStateException("media-fetch-action needs the bean objectStore and the variable account");
        }
        Desk desk = desk(camel);
        String url = url(exchange.getMessage().getBody(Map.class));
        exchange.getMessage()
                .setBody(stored(url, desk.maker().make(desk.client().fetch(url)), account, objects));
    }

    private static String url(@Nullable Map<?, ?> body) {
        if (body == null || !(body.get("url") instanceof String url) || url.isBlank()) {
            throw new IllegalArgumentException("url must be given: the address of a picture");
        }
        return url.strip();
    }

    private static FetchedImage stored(String url, PictureMaker.Made made, AccountId account, ObjectStore objects) {
        StoredObject jpeg = objects.put(account, "images", PictureType.JPEG.mediaType(), made.jpeg());
        byte[] bytes = made.webp();
        StoredObject webp = bytes == null ? null : objects.put(account, "images", PictureType.WEBP.mediaType(), bytes);
        return new FetchedImage(
                url,
                jpeg.sha256(),
                jpeg.size(),
                webp == null ? null : webp.sha256(),
                webp == null ? null : webp.size(),
                made.width(),
                made.height(),
                made.type().mediaType());
    }

    private static Desk desk(CamelContext camel) {
        synchronized (DESKS) {
            Desk known = DESKS.get(camel);
            if (known != null) {
                return known;
            }
            MediaSettings settings = MediaSettings.of(camel);
            MediaClient client = new MediaClient(settings, InetAddress::getAllByName);
            Desk desk = new Desk(client, new PictureMaker(settings, new Decoder(settings)));
            DESKS.put(camel, desk);
            closeWith(camel, client);
            return desk;
        }
    }

    private static void closeWith(CamelContext camel, MediaClient client) {
        try {
            camel.addService(new org.apache.camel.support.service.ServiceSupport() {
                @Override
                protected void doStop() throws IOException {
                    client.close();
                    synchronized (DESKS) {
                        DESKS.remove(camel);
                    }
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException("the media client cannot be closed with its context", e);
        }
    }
}
